package io.cordwood.server.http;

import io.cordwood.server.http.exchange.RequestBounds;
import io.cordwood.server.http.stream.StreamBounds;

/**
 * The bounds of the HTTP edge.
 *
 * @param requests what is taken into memory of requests
 * @param pages what is read for requests for records
 * @param tails what is read for live tails
 * @param replays what is read for replays
 */
public record HttpSettings(RequestBounds requests, PageBounds pages, StreamBounds tails,
        StreamBounds replays) {

    /** Bounds for a node with some hundred MiB of heap. */
    public static final HttpSettings STANDARD = new HttpSettings(RequestBounds.STANDARD,
            PageBounds.STANDARD, StreamBounds.TAILS, StreamBounds.REPLAYS);
}
