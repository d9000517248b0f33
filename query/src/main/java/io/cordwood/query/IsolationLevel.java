package io.cordwood.query;

import io.cordwood.manifest.state.PartitionState;

/** Which records a reader is shown. */
public enum IsolationLevel {

    /** All. */
    READ_UNCOMMITTED {
        @Override
        public long endOffset(PartitionState partition) {
            return partition.nextOffset();
        }
    },

    /**
     * None of an open transaction, nor any behind its first record. Those of aborted transactions
     * are told with the answer, and left out by whoever looks into batches.
     */
    READ_COMMITTED {
        @Override
        public long endOffset(PartitionState partition) {
            return partition.lastStableOffset();
        }
    };

    /** The offset before which the reader may read. */
    public abstract long endOffset(PartitionState partition);
}
