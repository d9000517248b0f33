package io.cordwood.server.http.v2;

import io.cordwood.server.http.exchange.RequestBounds;

/** Counts the records and headers of a request while they are read, up to the bound. */
final class ItemCount {

    private final RequestBounds bounds;
    private int items;

    ItemCount(RequestBounds bounds) {
        this.bounds = bounds;
    }

    /** Counts one more, before it is made. */
    void add() {
        items++;
        bounds.checkItems(items);
    }
}
