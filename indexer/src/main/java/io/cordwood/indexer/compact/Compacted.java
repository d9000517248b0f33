package io.cordwood.indexer.compact;

import io.cordwood.indexer.convert.Converted;
import java.util.List;

/**
 * What came of compacting a partition.
 *
 * @param files that were made
 * @param bytes of them
 * @param removed records that are gone
 * @param stuck what could not be made part of a file, and stayed as it was
 */
public record Compacted(long files, long bytes, long removed, List<Converted> stuck) {

    /** There was nothing to do. */
    static final Compacted NOTHING = new Compacted(0, 0, 0, List.of());

    public Compacted {
        stuck = List.copyOf(stuck);
    }
}
