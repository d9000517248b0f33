package io.cordwood.indexer.convert;

import io.cordwood.indexer.merge.RunMerge;
import io.cordwood.store.batch.AbortedTransaction;
import java.util.List;

/**
 * Runs of a partition that are to become a history file.
 *
 * @param topic its name
 * @param aborted the transactions that were aborted and have records among them
 */
public record Conversion(String topic, RunMerge merge, List<AbortedTransaction> aborted) {

    public Conversion {
        aborted = List.copyOf(aborted);
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
