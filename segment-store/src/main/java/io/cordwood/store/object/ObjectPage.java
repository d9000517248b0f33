package io.cordwood.store.object;

import java.time.Instant;
import java.util.List;

/**
 * One page of a listing.
 *
 * @param objects in ascending order of key
 * @param last whether nothing follows this page
 */
public record ObjectPage(List<Entry> objects, boolean last) {

    public ObjectPage {
        objects = List.copyOf(objects);
    }

    /** An object as listed: its size in bytes and when, by the store's clock, it was written. */
    public record Entry(ObjectKey key, long size, Instant modified) {}
}
