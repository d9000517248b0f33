package io.cordwood.store.batch;

/** Knows of which batches the transaction was aborted. */
@FunctionalInterface
public interface TransactionFilter {

    /** Of none. */
    TransactionFilter NONE_ABORTED = (producerId, baseOffset) -> false;

    /** Whether the transaction was aborted that the producer's batch at an offset belongs to. */
    boolean isAborted(long producerId, long baseOffset);
}
