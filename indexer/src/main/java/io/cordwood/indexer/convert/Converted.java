package io.cordwood.indexer.convert;

import io.cordwood.manifest.state.Run;

/** What came of a conversion. */
public sealed interface Converted {

    /**
     * A file has taken the place of its sources.
     *
     * @param bytes how long it is
     * @param records how many it holds
     */
    record Done(long bytes, long records) implements Converted {}

    /** A file would hold what the sources hold, and none is needed for that: they stay. */
    record Unchanged() implements Converted {}

    /**
     * A source is such that no history file can hold it: it stays as it is.
     *
     * @param reason a sentence for people
     */
    record Unconvertible(Run run, String reason) implements Converted {}

    /**
     * A source is missing, or not what was written: it stays as it is.
     *
     * @param reason a sentence for people
     */
    record Damaged(Run run, String reason) implements Converted {}
}
