package io.cordwood.manifest.state;

import io.cordwood.store.batch.AbortedTransaction;
import io.vavr.collection.HashMap;
import io.vavr.collection.TreeMap;
import io.vavr.collection.Vector;
import java.util.List;
import java.util.OptionalLong;

/**
 * The transactions in a partition: those that are open, and those that were aborted, whose records
 * readers of committed ones leave out.
 */
final class PartitionTransactions {

    static final PartitionTransactions NONE = new PartitionTransactions(TreeMap.empty(),
            HashMap.empty(), Vector.empty());

    private final TreeMap<Long, Long> producersByOffset;
    private final HashMap<Long, Long> offsetsByProducer;
    private final Vector<AbortedTransaction> aborted;

    private PartitionTransactions(TreeMap<Long, Long> producersByOffset,
            HashMap<Long, Long> offsetsByProducer, Vector<AbortedTransaction> aborted) {
        this.producersByOffset = producersByOffset;
        this.offsetsByProducer = offsetsByProducer;
        this.aborted = aborted;
    }

    /** Whether a producer has a transaction open here. */
    boolean isOpen(long producerId) {
        return offsetsByProducer.containsKey(producerId);
    }

    /** The offset before which no transaction is open; empty if none is. */
    OptionalLong firstOpenOffset() {
        return producersByOffset.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(producersByOffset.head()._1);
    }

    /** The offset of the first record of a producer's open transaction; empty if none is. */
    OptionalLong openOffset(long producerId) {
        return offsetsByProducer.get(producerId).map(OptionalLong::of)
                .getOrElse(OptionalLong.empty());
    }

    /** The open transactions: producers by the offsets of their first records. */
    TreeMap<Long, Long> open() {
        return producersByOffset;
    }

    /** The aborted transactions, by their last offsets. */
    Vector<AbortedTransaction> aborted() {
        return aborted;
    }

    /** Those aborted that have records between two offsets, the second not included. */
    List<AbortedTransaction> abortedBetween(long from, long end) {
        return aborted.drop(firstEndingAt(from))
                .filter(transaction -> transaction.firstOffset() < end).asJava();
    }

    /** The place of the first that ends at the offset or after it. */
    private int firstEndingAt(long offset) {
        int low = 0;
        int high = aborted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (aborted.get(middle).lastOffset() >= offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The producer has a record of its open transaction at the offset. */
    PartitionTransactions include(long producerId, long offset) {
        return isOpen(producerId)
                ? this
                : new PartitionTransactions(producersByOffset.put(offset, producerId),
                        offsetsByProducer.put(producerId, offset), aborted);
    }

    /** The producer's open transaction ends with the control batch at the offset. */
    PartitionTransactions end(long producerId, long offset, boolean committed) {
        return offsetsByProducer.get(producerId).map(first -> new PartitionTransactions(
                producersByOffset.remove(first), offsetsByProducer.remove(producerId),
                committed
                        ? aborted
                        : aborted.append(new AbortedTransaction(producerId, first, offset))))
                .getOrElse(this);
    }

    /** Those that are left when the records before an offset are gone. */
    PartitionTransactions deleteBefore(long offset) {
        return new PartitionTransactions(producersByOffset, offsetsByProducer,
                aborted.drop(firstEndingAt(offset)));
    }

    PartitionTransactions withAborted(AbortedTransaction transaction) {
        return new PartitionTransactions(producersByOffset, offsetsByProducer,
                aborted.append(transaction));
    }
}
