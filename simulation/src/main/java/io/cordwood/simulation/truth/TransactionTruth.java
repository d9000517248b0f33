package io.cordwood.simulation.truth;

import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.CommitterElected;
import io.cordwood.manifest.event.ManifestEvent.ConfigsChanged;
import io.cordwood.manifest.event.ManifestEvent.GroupRecordsWritten;
import io.cordwood.manifest.event.ManifestEvent.GroupShardTaken;
import io.cordwood.manifest.event.ManifestEvent.NodeJoined;
import io.cordwood.manifest.event.ManifestEvent.NodeLeft;
import io.cordwood.manifest.event.ManifestEvent.ObjectsCollected;
import io.cordwood.manifest.event.ManifestEvent.PartitionCompacted;
import io.cordwood.manifest.event.ManifestEvent.PartitionsAdded;
import io.cordwood.manifest.event.ManifestEvent.ProducerIdsReserved;
import io.cordwood.manifest.event.ManifestEvent.ProducersForgotten;
import io.cordwood.manifest.event.ManifestEvent.RecordsDeleted;
import io.cordwood.manifest.event.ManifestEvent.RunsConverted;
import io.cordwood.manifest.event.ManifestEvent.RunsMerged;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TablePublished;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.ManifestEvent.TopicDeleted;
import io.cordwood.manifest.event.ManifestEvent.TransactionEnded;
import io.cordwood.manifest.event.ManifestEvent.TransactionJoined;
import io.cordwood.manifest.event.ManifestEvent.TransactionalIdInitialized;
import io.cordwood.manifest.event.ManifestEvent.TransactionalIdsForgotten;
import io.cordwood.manifest.event.ManifestEvent.UploadsExpired;
import io.cordwood.manifest.event.ManifestEvent.WalTaken;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.segment.PartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Who may use each transactional id, and what is open under it, as the log has it. */
public final class TransactionTruth {

    private final Judge judge;
    private final LongSupplier clock;
    private final Map<TransactionalId, Tenure> tenures = new LinkedHashMap<>();
    private final Map<TransactionalId, Long> openSince = new LinkedHashMap<>();
    private final Map<Long, TransactionalId> ids = new LinkedHashMap<>();
    private final Map<Long, Records> open = new LinkedHashMap<>();
    private final Map<PartitionId, BatchStamp> marked = new LinkedHashMap<>();
    private final List<Ending> listeners = new ArrayList<>();

    TransactionTruth(Judge judge, LongSupplier clock) {
        this.judge = judge;
        this.clock = clock;
    }

    /** From now on told of every transaction that ends. */
    void onEnded(Ending listener) {
        listeners.add(listener);
    }

    /** Who may use an id; empty if nobody ever did. */
    public Optional<Tenure> tenureOf(TransactionalId id) {
        return Optional.ofNullable(tenures.get(id));
    }

    /** The transactions that are open, each with what is known of its time. */
    public List<Open> open() {
        return openSince.entrySet().stream()
                .flatMap(entry -> tenureOf(entry.getKey()).stream().map(
                        tenure -> new Open(entry.getKey(), entry.getValue(), tenure.timeout())))
                .toList();
    }

    /** A record of a transaction became part of the log. */
    void stored(long record, PartitionId partition, ProducerIdentity producer) {
        Optional<TransactionalId> id = Optional.ofNullable(ids.get(producer.id()));
        judge.check(
                id.flatMap(this::tenureOf).filter(it -> it.current().equals(producer)).isPresent(),
                "an instance that was replaced adds nothing: %s added record %d", producer, record);
        id.ifPresent(it -> openSince.putIfAbsent(it, clock.getAsLong()));
        Records held = open.computeIfAbsent(producer.id(), none -> new Records());
        held.partitions.add(partition);
        held.records.add(record);
    }

    /** A transaction ended in a partition. */
    void marked(PartitionId partition, BatchStamp stamp) {
        judge.check(!marked.containsKey(partition),
                "a transaction ends once in each partition: %s in %s", stamp.producer(),
                partition);
        marked.put(partition, stamp);
    }

    /** An event of the log happened, after what it appends was read. */
    void happened(ManifestEvent event) {
        switch (event) {
            case TransactionalIdInitialized initialized -> initialize(initialized);
            case TransactionJoined joined -> openSince.putIfAbsent(joined.id(),
                    clock.getAsLong());
            case TransactionEnded ended -> tenureOf(ended.id()).ifPresentOrElse(
                    before -> end(before, ended), () -> judge.check(false,
                            "what ends was begun: %s was not", ended.id()));
            case TopicDeleted deleted -> open.values().forEach(held -> held.partitions
                    .removeIf(partition -> partition.topic().equals(deleted.id())));
            case TransactionalIdsForgotten forgotten -> judge.check(false,
                    "an id is kept for a week: those before %d are not",
                    forgotten.beforeMillis());
            case SegmentCommitted committed -> {
            }
            case CommitterElected elected -> {
            }
            case TopicCreated created -> {
            }
            case ProducerIdsReserved reserved -> {
            }
            case ProducersForgotten forgotten -> {
            }
            case ConfigsChanged changed -> {
            }
            case GroupRecordsWritten written -> {
            }
            case GroupShardTaken taken -> {
            }
            case PartitionsAdded added -> {
            }
            case RecordsDeleted deleted -> {
            }
            case RunsMerged merged -> {
            }
            case RunsConverted converted -> {
            }
            case UploadsExpired expired -> {
            }
            case WalTaken taken -> {
            }
            case NodeJoined joined -> {
            }
            case NodeLeft left -> {
            }
            case PartitionCompacted compacted -> {
            }
            case TablePublished published -> {
            }
            case ObjectsCollected collected -> {
            }
        }
    }

    private void initialize(TransactionalIdInitialized event) {
        judge.check(!openSince.containsKey(event.id()),
                "what an instance left open ends before another comes: %s", event.id());
        change(event.id(), new Tenure(event.producer(), event.successorOf(), Optional.empty(),
                Duration.ofMillis(event.timeoutMillis())));
    }

    /** All partitions that hold records of it must have been marked by this event, and no other. */
    private void end(Tenure before, TransactionEnded event) {
        Records held = Optional.ofNullable(open.remove(before.current().id()))
                .orElseGet(Records::new);
        judge.check(marked.keySet().equals(held.partitions),
                "a transaction ends in all its partitions at once: %s is in %s, and ended in %s",
                before.current(), held.partitions, marked);
        BatchStamp.Kind kind = event.committed() ? BatchStamp.Kind.COMMIT : BatchStamp.Kind.ABORT;
        judge.check(marked.values().stream().allMatch(stamp -> stamp.kind() == kind),
                "a transaction ends alike in all its partitions: %s in %s", before.current(),
                marked);
        marked.clear();
        openSince.remove(event.id());
        change(event.id(), before.end(event));
        listeners.forEach(listener -> listener.ended(held.records, event.committed()));
    }

    private void change(TransactionalId id, Tenure next) {
        tenures.put(id, next);
        ids.put(next.current().id(), id);
    }

    /** Told of a transaction that ended. */
    @FunctionalInterface
    interface Ending {

        /** With those of its records that are in the log. */
        void ended(List<Long> records, boolean committed);
    }

    /** A transaction that is open. */
    public record Open(TransactionalId id, long sinceNanos, Duration timeout) {}

    /**
     * Who may use a transactional id.
     *
     * @param previous who may still ask who it is now
     * @param ended whether the transaction was committed by whose end this came about
     */
    public record Tenure(ProducerIdentity current, Optional<ProducerIdentity> previous,
            Optional<Boolean> ended, Duration timeout) {

        private Tenure end(TransactionEnded event) {
            return new Tenure(event.next(),
                    event.next().equals(current) ? previous : Optional.of(current),
                    Optional.of(event.committed()), timeout);
        }
    }

    /** What is open of a producer. */
    private static final class Records {

        private final Set<PartitionId> partitions = new LinkedHashSet<>();
        private final List<Long> records = new ArrayList<>();
    }
}
