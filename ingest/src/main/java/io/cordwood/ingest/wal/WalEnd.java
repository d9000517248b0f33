package io.cordwood.ingest.wal;

/** How the usable part of a file ends. */
public sealed interface WalEnd {

    /** With its last frame. */
    record Whole() implements WalEnd {}

    /**
     * In the middle of something that was still being written: what a crash leaves.
     *
     * @param position where the incomplete part begins
     */
    record Cut(long position) implements WalEnd {}

    /**
     * Before something that is not what was written.
     *
     * @param position where the damaged part begins
     */
    record Damaged(long position, String complaint) implements WalEnd {}
}
