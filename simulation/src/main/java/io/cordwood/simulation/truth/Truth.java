package io.cordwood.simulation.truth;

import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TopicDeleted;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.state.Apply;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.StoredRecord;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The log as it is, by one who sees each entry in the moment of its creation and reads every record
 * of it. A number that is created once more after its deletion is not part of the log.
 */
public final class Truth {

    private final Judge judge;
    private final ObjectStore bucket;
    private final List<ManifestState> states = new ArrayList<>(List.of(ManifestState.EMPTY));
    private final List<StoredEntry> entries = new ArrayList<>();
    private final Map<PartitionId, List<Content>> contents = new HashMap<>();
    private final Map<Long, Place> places = new HashMap<>();
    private final List<Appearance> listeners = new ArrayList<>();

    /**
     * The truth about an empty bucket.
     *
     * @param bucket reads without delay and failure
     */
    public Truth(Judge judge, ObjectStore bucket) {
        this.judge = judge;
        this.bucket = bucket;
    }

    /** From now on told of every record that becomes part of the log. */
    public void onStored(Appearance listener) {
        listeners.add(listener);
    }

    /** An entry of the log was created. */
    public void created(long sequence, ByteBuffer bytes) {
        ManifestState before = state();
        judge.check(sequence <= before.sequence() + 1,
                "a gap is the end: entry %d was created after %d", sequence, before.sequence());
        if (sequence != before.sequence() + 1) {
            return;
        }
        StoredEntry stored = EntryCodec.decode(sequence, bytes);
        boolean counts = Apply.counts(before, stored.entry());
        ManifestState after = Apply.apply(before, stored);
        states.add(after);
        entries.add(stored);
        if (counts) {
            readAll(before, stored, after);
        }
    }

    /** The state after the last entry. */
    public ManifestState state() {
        return states.getLast();
    }

    /** The state after any entry that there was. */
    public ManifestState stateAt(long sequence) {
        return states.get((int) sequence);
    }

    /** Whether readers need the entry's object, because segments are inside it. */
    public boolean holdsSegments(long sequence) {
        return entries.get((int) sequence - 1).entry().events().stream()
                .anyMatch(event -> event instanceof SegmentCommitted committed
                        && committed.place() instanceof SegmentPlace.Inline);
    }

    /** What a partition holds, by offset; of one that was deleted, what it held. */
    public List<Content> contentOf(PartitionId partition) {
        return contents.getOrDefault(partition, List.of());
    }

    /** Where a record is. */
    public Optional<Place> placeOf(long issue) {
        return Optional.ofNullable(places.get(issue));
    }

    /** The offset of the first of so many records that is at or after a time. */
    public Optional<Long> firstAt(PartitionId partition, long timestampMillis, long end) {
        List<Content> content = contentOf(partition);
        for (int offset = 0; offset < end; offset++) {
            if (content.get(offset).timestampMillis() >= timestampMillis) {
                return Optional.of((long) offset);
            }
        }
        return Optional.empty();
    }

    /**
     * Reads what became part of the log. Where a topic is deleted in the same entry, its last
     * records were there for a moment: after those events that came before.
     */
    private void readAll(ManifestState before, StoredEntry stored, ManifestState after) {
        List<ManifestEvent> events = stored.entry().events();
        boolean deletes = events.stream().anyMatch(TopicDeleted.class::isInstance);
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof SegmentCommitted committed) {
                ManifestState then = deletes
                        ? Apply.apply(before, firstEvents(stored, i + 1))
                        : after;
                committed.runs().forEach(run -> extend(run.partition(), then));
            }
        }
    }

    private static StoredEntry firstEvents(StoredEntry stored, int count) {
        ManifestEntry entry = stored.entry();
        return new StoredEntry(new ManifestEntry(entry.head(), entry.writtenAt(),
                entry.events().subList(0, count)), stored.inlinePosition(), stored.size());
    }

    private void extend(PartitionId id, ManifestState after) {
        Optional<PartitionState> partition = after.partition(id);
        if (partition.isEmpty()) {
            return;
        }
        List<Content> content = contents.computeIfAbsent(id, first -> new ArrayList<>());
        for (int i = partition.get().indexOfOffset(content.size()); i < partition.get()
                .runCount(); i++) {
            for (StoredRecord record : read(partition.get().run(i))) {
                add(id, content, record);
            }
        }
    }

    private void add(PartitionId id, List<Content> content, StoredRecord record) {
        judge.check(record.offset() == content.size(), "offsets have no gap: %d after %d in %s",
                record.offset(), content.size() - 1, id);
        Content added = Content.of(record);
        content.add(added);
        Place place = new Place(id, record.offset());
        Optional<Place> before = Optional.ofNullable(places.putIfAbsent(added.issue(), place));
        judge.check(before.isEmpty(), "nothing is stored twice: issue %d is at %s and at %s",
                added.issue(), before, place);
        listeners.forEach(listener -> listener.stored(added.issue(), place));
    }

    private List<StoredRecord> read(Run run) {
        Future<ByteBuffer> read = bucket.get(run.segment().key(),
                run.segment().range(run.position(), run.length()));
        judge.check(read.succeeded(), "no entry names an object that is not there: %s",
                run.segment());
        return read.succeeded() ? BatchDecoder.records(assign(read.result(), run), 0) : List.of();
    }

    private static ByteBuffer assign(ByteBuffer batches, Run run) {
        long next = run.baseOffset();
        for (int position = batches.position(); position < batches.limit();) {
            BatchHeader header = new BatchHeader(batches, position);
            header.assign(next, 0);
            next = header.lastOffset() + 1;
            position += header.batchSize();
        }
        return batches;
    }

    /** Told of a record that became part of the log. */
    @FunctionalInterface
    public interface Appearance {

        void stored(long issue, Place place);
    }

    /** Where a record is. */
    public record Place(PartitionId partition, long offset) {}

    /** What identifies a record's content. */
    public record Content(long issue, long timestampMillis, int size) {

        /** The content of a record as a reader got it. */
        public static Content of(StoredRecord stored) {
            ByteBuffer value = stored.record().value().orElseThrow();
            return new Content(value.getLong(value.position()), stored.record().timestampMillis(),
                    value.remaining());
        }
    }
}
