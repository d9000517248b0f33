package io.cordwood.manifest.state;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.Compaction;
import io.cordwood.manifest.event.MergedRun;
import io.cordwood.manifest.event.ProducedBatch;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.batch.ProducerSequence;
import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * A partition: the offsets it has, and the runs that hold their records, without a gap between
 * them.
 */
public final class PartitionState {

    static final PartitionState EMPTY = new PartitionState(0, 0, Runs.NONE,
            HashMap.empty(), PartitionTransactions.NONE, Compaction.NONE);

    private final long startOffset;
    private final long nextOffset;
    private final Runs runs;
    private final HashMap<Long, ProducerState> producers;
    private final PartitionTransactions transactions;
    private final Compaction compaction;

    PartitionState(long startOffset, long nextOffset, Runs runs,
            HashMap<Long, ProducerState> producers, PartitionTransactions transactions,
            Compaction compaction) {
        if (startOffset < 0 || startOffset > nextOffset) {
            throw new IllegalArgumentException("a partition ends at " + nextOffset
                    + " and cannot begin at " + startOffset);
        }
        this.startOffset = startOffset;
        this.nextOffset = nextOffset;
        this.runs = runs;
        this.producers = producers;
        this.transactions = transactions;
        this.compaction = compaction;
    }

    /** The offset of the first record that can be read. */
    public long startOffset() {
        return startOffset;
    }

    /** The offset that the next record gets: the high watermark. */
    public long nextOffset() {
        return nextOffset;
    }

    /**
     * The offset before which every transaction has ended. Who reads committed records reads no
     * further.
     */
    public long lastStableOffset() {
        return Math.max(startOffset, transactions.firstOpenOffset().orElse(nextOffset));
    }

    /** The offset of the first record of a producer's open transaction, if it has one here. */
    public OptionalLong openOffset(long producerId) {
        return transactions.openOffset(producerId);
    }

    /** Whether a producer has a transaction open here. */
    public boolean hasOpenTransaction(long producerId) {
        return transactions.isOpen(producerId);
    }

    /** The aborted transactions with records between two offsets, the second not included. */
    public List<AbortedTransaction> abortedBetween(long from, long end) {
        return transactions.abortedBetween(from, end);
    }

    /** How far it is compacted. */
    public Compaction compaction() {
        return compaction;
    }

    PartitionTransactions transactions() {
        return transactions;
    }

    /** How many runs there are. */
    public int runCount() {
        return runs.count();
    }

    /** A run by its place, from 0, oldest first. */
    public Run run(int index) {
        return runs.get(index);
    }

    /** All runs, oldest first. */
    public Iterable<Run> runs() {
        return runs;
    }

    /** The runs from one place on, before another. */
    public List<Run> runsBetween(int from, int end) {
        return runs.between(from, end);
    }

    /** The runs that hold nothing but records before an offset. */
    List<Run> runsBefore(long offset) {
        return runs.between(0, indexOfOffset(offset));
    }

    /**
     * The runs whose place a merged one takes.
     *
     * @return empty where it does not begin and end with a run
     */
    public List<Run> replacedBy(MergedRun merged) {
        int from = indexOfOffset(merged.baseOffset());
        int end = indexOfOffset(merged.endOffset());
        List<Run> replaced = runs.between(from, end);
        return !replaced.isEmpty() && replaced.getFirst().baseOffset() == merged.baseOffset()
                && replaced.getLast().endOffset() == merged.endOffset() ? replaced : List.of();
    }

    /** The partition after a merged run has taken the place of others. */
    PartitionState merge(Home home, MergedRun merged) {
        int from = indexOfOffset(merged.baseOffset());
        CommittedRun run = merged.run();
        return new PartitionState(startOffset, nextOffset,
                runs.replace(from, from + replacedBy(merged).size(),
                        new Run(home, run.position(), run.length(), merged.baseOffset(),
                                run.offsets(), run.maxTimestampMillis(),
                                run.maxTimestampMillis())),
                producers, transactions, compaction);
    }

    /** The bytes of all runs. */
    public long sizeBytes() {
        return sizes().bytes();
    }

    /** How much there is of each tier. */
    public TierSizes sizes() {
        return runs.sizes();
    }

    /** Whether an offset can be fetched from: that of a record that is there, or comes next. */
    public boolean holds(long offset) {
        return offset >= startOffset && offset <= nextOffset;
    }

    /**
     * The bytes of the runs with offsets from one on, before another; no further than to so many.
     */
    public long sizeBetween(long from, long end, long sizeMax) {
        long size = 0;
        for (int i = indexOfOffset(from); i < runs.count() && size < sizeMax
                && runs.get(i).baseOffset() < end; i++) {
            size += runs.get(i).length();
        }
        return from < end ? size : 0;
    }

    /** The place of the run that holds the offset, or of the first after it; the count if none. */
    public int indexOfOffset(long offset) {
        return runs.bisect(run -> run.endOffset() > offset);
    }

    /** The place of the first run with a timestamp at or after the given one; the count if none. */
    public int indexOfTimestamp(long timestampMillis) {
        return runs.bisect(run -> run.latestTimestampMillis() >= timestampMillis);
    }

    /** The same among the runs from a place on. */
    public int indexOfTimestamp(long timestampMillis, int fromIndex) {
        int index = Math.max(fromIndex, indexOfTimestamp(timestampMillis));
        while (index < runs.count() && runs.get(index).maxTimestampMillis() < timestampMillis) {
            index++;
        }
        return index;
    }

    /** What it remembers of a producer. */
    public Optional<ProducerState> producer(long id) {
        return producers.get(id).toJavaOptional();
    }

    /** Shows all producers that it remembers, by id. */
    public void forEachProducer(BiConsumer<Long, ProducerState> action) {
        producers().forEach(producer -> action.accept(producer._1, producer._2));
    }

    /** All producers that it remembers, by id. */
    Iterable<Tuple2<Long, ProducerState>> producers() {
        return producers.toSortedSet(Comparator.comparing(producer -> producer._1));
    }

    /** The same, without the producers that have sent nothing since then. */
    PartitionState forgetProducers(long beforeMillis) {
        HashMap<Long, ProducerState> kept = producers
                .filterValues(producer -> producer.lastMillis() >= beforeMillis);
        return kept.size() == producers.size()
                ? this
                : new PartitionState(startOffset, nextOffset, runs, kept, transactions, compaction);
    }

    /** The end of the ids of producers that have sent nothing since then; 0 if there is none. */
    long silentProducersEnd(long beforeMillis) {
        return producers.filterValues(producer -> producer.lastMillis() < beforeMillis).keySet()
                .foldLeft(0L, (end, id) -> Math.max(end, id + 1));
    }

    /** The partition after a run, in an entry that was written at that time. */
    PartitionState append(SegmentRef segment, CommittedRun run, long writtenAtMillis) {
        long latest = Math.max(runs.latestTimestampMillis(), run.maxTimestampMillis());
        Run appended = new Run(segment, run.position(), run.length(), nextOffset, run.offsets(),
                run.maxTimestampMillis(), latest);
        return new PartitionState(startOffset, appended.endOffset(), runs.append(appended),
                producersAfter(run, writtenAtMillis), transactionsAfter(run), compaction);
    }

    private PartitionTransactions transactionsAfter(CommittedRun run) {
        PartitionTransactions after = transactions;
        for (ProducedBatch batch : run.batches()) {
            if (batch.producer().transactional()) {
                after = after.include(batch.producer().producerId(),
                        nextOffset + batch.offsetDelta());
            }
        }
        return after;
    }

    /**
     * The partition without the records before an offset. Runs that hold none but such are gone;
     * of the producers, everything is still known.
     */
    PartitionState deleteBefore(long offset) {
        return new PartitionState(offset, nextOffset, runs.from(indexOfOffset(offset)), producers,
                transactions.deleteBefore(offset), compaction);
    }

    /** The partition after its last offset was taken by the end of a producer's transaction. */
    PartitionState endTransaction(long producerId, boolean committed) {
        return new PartitionState(startOffset, nextOffset, runs, producers,
                transactions.end(producerId, nextOffset - 1, committed), compaction);
    }

    /** The partition after it was compacted so far. */
    PartitionState compact(Compaction next) {
        return new PartitionState(startOffset, nextOffset, runs, producers, transactions, next);
    }

    private HashMap<Long, ProducerState> producersAfter(CommittedRun run, long writtenAtMillis) {
        HashMap<Long, ProducerState> after = producers;
        for (ProducedBatch batch : run.batches()) {
            ProducerSequence sequence = batch.producer();
            long baseOffset = nextOffset + batch.offsetDelta();
            after = after.put(sequence.producerId(), ProducerState.after(
                    after.get(sequence.producerId()).toJavaOptional(), sequence, batch.records(),
                    baseOffset, writtenAtMillis));
        }
        return after;
    }
}
