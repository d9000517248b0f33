package io.cordwood.simulation.truth;

import io.cordwood.manifest.commit.Origin;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.RunsAppended;
import io.cordwood.manifest.event.ManifestEvent.TopicDeleted;
import io.cordwood.manifest.event.Proposed;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.state.Apply;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Run;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.StoredRecord;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The log as it is, by one who sees each entry in the moment of its creation and reads every record
 * of it. A number that is created once more after its deletion is not part of the log.
 */
public final class Truth {

    /** As many entries as a committer has on their way. */
    private static final int IN_FLIGHT_MAX = 4;

    private final Judge judge;
    private final ObjectStore bucket;
    private final TransactionTruth transactions;
    private final LongSupplier clock;
    private final List<Long> createdNanos = new ArrayList<>();
    private final Set<Origin> origins = new HashSet<>();
    private long electedNanos;
    private final Map<Long, StoredEntry> ahead = new HashMap<>();
    private final List<ManifestState> states = new ArrayList<>(List.of(ManifestState.EMPTY));
    private final List<StoredEntry> entries = new ArrayList<>();
    private final Map<PartitionId, PartitionTruth> partitions = new HashMap<>();
    private final Map<Long, Place> places = new HashMap<>();
    private final List<Appearance> listeners = new ArrayList<>();

    /**
     * The truth about an empty bucket.
     *
     * @param bucket reads without delay and failure
     * @param clock tells nanoseconds since the beginning
     */
    public Truth(Judge judge, ObjectStore bucket, LongSupplier clock) {
        this.judge = judge;
        this.bucket = bucket;
        this.clock = clock;
        this.transactions = new TransactionTruth(judge, clock);
    }

    /** From now on told of every record that becomes part of the log. */
    public void onStored(Appearance listener) {
        listeners.add(listener);
    }

    /**
     * An entry was created. It is part of the log when all before it are: whoever writes some at a
     * time knows where the log ended before the first.
     */
    public void created(long sequence, ByteBuffer bytes) {
        long end = state().sequence();
        judge.check(sequence <= end + IN_FLIGHT_MAX,
                "a gap is the end: entry %d was created after %d", sequence, end);
        if (sequence > end) {
            ahead.put(sequence, EntryCodec.decode(sequence, bytes));
        }
        for (long next = end + 1; ahead.containsKey(next); next++) {
            added(ahead.remove(next));
        }
    }

    private void added(StoredEntry stored) {
        ManifestState before = state();
        boolean counts = Apply.counts(before, stored.entry());
        ManifestState after = Apply.apply(before, stored);
        states.add(after);
        entries.add(stored);
        createdNanos.add(clock.getAsLong());
        if (after.position().epoch() != before.position().epoch()) {
            electedNanos = clock.getAsLong();
        }
        if (counts) {
            stored.entry().proposed().forEach(this::happensOnce);
            readAll(before, stored, after);
        }
    }

    private void happensOnce(Proposed origin) {
        judge.check(origins.add(new Origin(origin.process(), origin.number())),
                "what was proposed once becomes true once: %d of process %s was before",
                origin.number(), origin.process());
    }

    /** The state after the last entry. */
    public ManifestState state() {
        return states.getLast();
    }

    /** How many entries tell of such an event. */
    public long count(Class<? extends ManifestEvent> kind) {
        return entries.stream()
                .filter(stored -> stored.entry().events().stream().anyMatch(kind::isInstance))
                .count();
    }

    /** The last entry that there was at a time. */
    public long sequenceAt(long nanos) {
        int count = createdNanos.size();
        while (count > 0 && createdNanos.get(count - 1) > nanos) {
            count--;
        }
        return count;
    }

    /** When the last committer was elected. */
    public long electedNanos() {
        return electedNanos;
    }

    /** The state after any entry that there was. */
    public ManifestState stateAt(long sequence) {
        return states.get((int) sequence);
    }

    /** What a partition holds; of one that was deleted, what it held. */
    public PartitionTruth partition(PartitionId partition) {
        return Optional.ofNullable(partitions.get(partition)).orElseGet(PartitionTruth::new);
    }

    /** The transactions of all producers. */
    public TransactionTruth transactions() {
        return transactions;
    }

    /**
     * Whether some partition may have forgotten what a producer sent, because by the clocks of
     * those who committed it was silent for a day: then it is not recognised any more.
     */
    public boolean isForgotten(ProducerIdentity producer) {
        return state().producerIds().mayBeForgotten(producer.id());
    }

    /** Where a record is, the first time. */
    public Optional<Place> placeOf(long id) {
        return Optional.ofNullable(places.get(id));
    }

    /**
     * Reads what became part of the log, event by event. Where a topic is deleted in the same
     * entry, its last records were there for a moment: after those events that came before.
     */
    private void readAll(ManifestState before, StoredEntry stored, ManifestState after) {
        List<ManifestEvent> events = stored.entry().events();
        boolean deletes = events.stream().anyMatch(TopicDeleted.class::isInstance);
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof RunsAppended appended) {
                ManifestState then = deletes
                        ? Apply.apply(before, firstEvents(stored, i + 1))
                        : after;
                appended.runs().forEach(run -> extend(run.partition(), then));
            }
            transactions.happened(events.get(i));
        }
    }

    private static StoredEntry firstEvents(StoredEntry stored, int count) {
        ManifestEntry entry = stored.entry();
        return new StoredEntry(new ManifestEntry(entry.head(), entry.writtenAt(),
                entry.events().subList(0, count)), stored.inlinePosition(), stored.size());
    }

    /** Reads the next run of a partition. */
    private void extend(PartitionId id, ManifestState after) {
        PartitionTruth partition = partitions.computeIfAbsent(id, first -> new PartitionTruth());
        after.partition(id).map(there -> there.run(there.indexOfOffset(partition.end())))
                .map(this::read).orElse(List.of()).forEach(batch -> append(id, partition, batch));
    }

    private void append(PartitionId id, PartitionTruth partition, LogBatch batch) {
        judge.check(batch.baseOffset() == partition.end(), "offsets have no gap: %d after %d in %s",
                batch.baseOffset(), partition.end() - 1, id);
        switch (batch.stamp().kind()) {
            case PLAIN, TRANSACTIONAL -> batch.records()
                    .forEach(record -> add(id, partition, batch.stamp(), record));
            case COMMIT, ABORT -> end(id, partition, batch.stamp());
        }
        judge.check(batch.lastOffset() + 1 == partition.end(),
                "a batch takes as many offsets as it has records: %d to %d in %s",
                batch.baseOffset(), batch.lastOffset(), id);
    }

    private void add(PartitionId id, PartitionTruth partition, BatchStamp stamp,
            StoredRecord record) {
        Content added = Content.of(record);
        Place place = new Place(id, record.offset());
        Optional<Place> before = Optional.ofNullable(places.putIfAbsent(added.id(), place));
        judge.check(before.isEmpty() || stamp.producer().filter(this::isForgotten).isPresent(),
                "nothing is stored twice: record %d is at %s and at %s", added.id(), before,
                place);
        listeners.forEach(listener -> listener.stored(added.id(), place, stamp));
        if (stamp.isTransactional()) {
            partition.add(stamp.producer().orElseThrow().id(), added);
            transactions.stored(added.id(), id, stamp.producer().orElseThrow());
        } else {
            partition.add(added);
        }
    }

    private void end(PartitionId id, PartitionTruth partition, BatchStamp stamp) {
        ProducerIdentity producer = stamp.producer().orElseThrow();
        judge.check(partition.end(producer.id(), stamp.kind() == BatchStamp.Kind.COMMIT),
                "what ends is open: %s in %s is not", producer, id);
        transactions.marked(id, stamp);
    }

    private List<LogBatch> read(Run run) {
        Future<ByteBuffer> read = bucket.get(run.key(),
                run.segment().range(run.position(), run.length()));
        judge.check(read.succeeded(), "no entry names an object that is not there: %s",
                run.segment());
        return read.succeeded() ? LogBatch.of(read.result(), run.baseOffset()) : List.of();
    }

    /** Told of a record that became part of the log. */
    @FunctionalInterface
    public interface Appearance {

        /**
         * Of each in the order of the log.
         *
         * @param stamp of its batch
         */
        void stored(long id, Place place, BatchStamp stamp);
    }
}
