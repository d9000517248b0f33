package io.cordwood.manifest.event;

/**
 * A run that takes the place of others of its partition, with the same records.
 *
 * @param baseOffset of its first record: that of the first run whose place it takes
 * @param run where it lies; it ends where the last of the others did
 */
public record MergedRun(long baseOffset, CommittedRun run) {

    public MergedRun {
        if (baseOffset < 0 || !run.batches().isEmpty()) {
            throw new IllegalArgumentException(
                    "a merged run has an offset, and its producers are known: " + run.partition());
        }
    }

    /** The offset after its last. */
    public long endOffset() {
        return baseOffset + run.offsets();
    }
}
