package io.cordwood.indexer.convert;

import io.cordwood.indexer.merge.RunMerge;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.store.batch.AbortedTransaction;
import java.util.List;

/**
 * Runs of a partition that are to become a history file.
 *
 * @param topic its name
 * @param startOffset records before it were deleted, and are left out
 * @param aborted the transactions that were aborted and have records among them
 */
public record Conversion(String topic, RunMerge merge, long startOffset,
        List<AbortedTransaction> aborted) {

    public Conversion {
        aborted = List.copyOf(aborted);
    }

    /** That of some runs of a partition, as it is now. */
    public static Conversion of(String topic, PartitionState partition, RunMerge merge) {
        return new Conversion(topic, merge, partition.startOffset(),
                partition.abortedBetween(merge.sources().getFirst().baseOffset(),
                        merge.sources().getLast().endOffset()));
    }

    /** The offset of the first record. */
    long baseOffset() {
        return merge.sources().getFirst().baseOffset();
    }

    /** The offset after the last. */
    long endOffset() {
        return merge.sources().getLast().endOffset();
    }
}
