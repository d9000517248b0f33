package io.cordwood.manifest.state;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.Compaction;
import io.cordwood.manifest.event.ConfigChange;
import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.manifest.event.ManifestEntry;
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
import io.cordwood.manifest.event.MergedRun;
import io.cordwood.manifest.event.NodeForge;
import io.cordwood.manifest.event.ProducedBatch;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.event.TableVersion;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.ProducerSequence.Membership;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.layout.ObjectId;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;

/** A legal log by chance: topics come and go, committers take over, some entries are void. */
public final class RandomHistory {

    private static final int NAMES = 5;
    private static final int WALS = 3;

    private final Random random;
    private final EntryChain chain = EntryChain.elected();

    public RandomHistory(Random random) {
        this.random = random;
    }

    /** The state after the steps so far. */
    public ManifestState state() {
        return chain.state();
    }

    /** Appends one more entry, and gives it. */
    public StoredEntry step() {
        StoredEntry entry = switch (random.nextInt(12)) {
            case 0 -> election();
            case 1 -> voidEntry();
            default -> chain.next(events().toArray(ManifestEvent[]::new));
        };
        chain.apply(entry);
        return entry;
    }

    private StoredEntry election() {
        chain.writer(id());
        return chain.next(new CommitterElected("node-" + random.nextInt(9)));
    }

    private StoredEntry voidEntry() {
        LogPosition at = chain.state().position();
        ManifestEntry.Head head = switch (random.nextInt(3)) {
            case 0 -> new ManifestEntry.Head(at.sequence() + 1, at.committer(), id(), at.epoch(),
                    id());
            case 1 -> new ManifestEntry.Head(at.sequence() + 1, id(), id(), at.epoch(), at.nonce());
            default -> new ManifestEntry.Head(at.sequence() + 1, at.committer(), id(),
                    at.epoch() + 1, at.nonce());
        };
        return chain.stored(head, new TopicCreated(id(), new TopicName("void"), 1));
    }

    /** Up to three events, each of which is legal after those before it. */
    private List<ManifestEvent> events() {
        List<ManifestEvent> events = new ArrayList<>();
        ManifestState state = chain.state();
        for (int i = random.nextInt(4); i > 0; i--) {
            ManifestEvent event = event(state);
            events.add(event);
            state = Apply.tryOut(state, event, chain.next().entry().head(), Instant.EPOCH);
        }
        return events;
    }

    private ManifestEvent event(ManifestState state) {
        TopicName name = new TopicName("topic-" + random.nextInt(NAMES));
        if (state.topic(name).isEmpty()) {
            return new TopicCreated(id(), name, random.nextInt(1, 4), configs());
        }
        return switch (random.nextInt(54)) {
            case 0, 1, 2 -> new TopicDeleted(state.topic(name).orElseThrow().id());
            case 3 -> new ProducerIdsReserved(random.nextInt(1, 2_000));
            case 4 -> new ProducersForgotten(
                    chain.next().entry().writtenAt().toEpochMilli() - random.nextInt(20));
            case 5, 6, 7, 8, 9 -> transaction(state);
            case 10 -> new TransactionalIdsForgotten(
                    chain.next().entry().writtenAt().toEpochMilli() - random.nextInt(20));
            case 16, 17, 18, 19, 20 -> group(state);
            case 11 -> new ConfigsChanged(scope(state.topic(name).orElseThrow().id()),
                    new ConfigChange(configs(), new TreeSet<>(List.of("gone"))));
            case 12 -> grown(state.topic(name).orElseThrow());
            case 13, 14, 15 -> deleted(state.topic(name).orElseThrow());
            case 21, 22, 23, 24 -> merged(state, state.topic(name).orElseThrow());
            case 25 -> collected(state);
            case 26, 27 -> converted(state, state.topic(name).orElseThrow());
            case 29, 30 -> compacted(state.topic(name).orElseThrow());
            case 31 -> new UploadsExpired(
                    random.nextLong(state.references().uploadsExpiredBefore(),
                            state.sequence() + 1));
            case 32, 33 -> new WalTaken(new UUID(300, random.nextInt(WALS)), id());
            case 34, 35 -> new NodeJoined(NodeForge.node(random));
            case 36 -> new NodeLeft(NodeForge.process(random));
            case 28 -> published(state.topic(name).orElseThrow());
            default -> segment(state);
        };
    }

    private ManifestEvent compacted(TopicState topic) {
        int number = random.nextInt(topic.partitionCount());
        PartitionState partition = topic.partition(number);
        Compaction before = partition.compaction();
        long end = partition.lastStableOffset();
        if (end <= before.endOffset()) {
            return new ProducerIdsReserved(1);
        }
        long to = random.nextLong(before.endOffset(), end) + 1;
        return new PartitionCompacted(new PartitionId(topic.id(), number), before.goOn(to,
                random.nextLong(to + 1), random.nextInt(100_000), random.nextBoolean()));
    }

    private ManifestEvent published(TopicState topic) {
        return new TablePublished(topic.id(), new TableVersion(id(), topic.tableNumber() + 1,
                random.nextInt(4), random.nextLong()));
    }

    private ManifestEvent group(ManifestState state) {
        GroupShard shard = shard();
        GroupShardState.Ownership ownership = state.groupShard(shard).ownership();
        if (ownership.epoch() == 0 || random.nextInt(10) == 0) {
            return new GroupShardTaken(shard, id());
        }
        Optional<ProducerIdentity> producer = state.transactions()
                .of(new TransactionalId("id-" + random.nextInt(3)))
                .map(TransactionState::producer).filter(it -> random.nextBoolean());
        return new GroupRecordsWritten(shard, ownership.writes() + 1, producer,
                List.of(groupRecord(), groupRecord()));
    }

    private GroupRecord groupRecord() {
        ByteBuffer key = ByteBuffer.wrap(new byte[]{(byte) random.nextInt(5)});
        return GroupRecord.copyOf(key, random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(ByteBuffer.wrap(new byte[]{(byte) random.nextInt()})));
    }

    private GroupShard shard() {
        return new GroupShard(random.nextInt(3));
    }

    private UUID objectId() {
        return ObjectId.of(chain.state().sequence(), id());
    }

    private ManifestEvent grown(TopicState topic) {
        return topic.partitionCount() < 6
                ? new PartitionsAdded(topic.id(),
                        topic.partitionCount() + random.nextInt(1, 3))
                : new ProducerIdsReserved(1);
    }

    private ManifestEvent deleted(TopicState topic) {
        int number = random.nextInt(topic.partitionCount());
        PartitionState partition = topic.partition(number);
        return new RecordsDeleted(new PartitionId(topic.id(), number), random.nextInt(3) == 0
                ? partition.nextOffset()
                : random.nextLong(partition.startOffset(), partition.nextOffset() + 1));
    }

    /** Some runs become one; where there are none, a segment comes. */
    private ManifestEvent merged(ManifestState state, TopicState topic) {
        int number = random.nextInt(topic.partitionCount());
        return topic.partition(number).runCount() == 0
                ? segment(state)
                : new RunsMerged(new SegmentPlace.Stored(objectId(), new ByteRange(900, 90)),
                        List.of(replacement(topic, number, random.nextInt(100),
                                random.nextInt(1, 1_000))));
    }

    /** Some runs become a file; where there are none, a segment comes. */
    private ManifestEvent converted(ManifestState state, TopicState topic) {
        int number = random.nextInt(topic.partitionCount());
        return topic.partition(number).runCount() == 0
                ? segment(state)
                : new RunsConverted(new HistoryPlace(topic.id(), objectId(), new ByteRange(900, 90),
                        random.nextInt(), random.nextInt(1_000), random.nextInt(100_000)),
                        replacement(topic, number, 0, 990));
    }

    private MergedRun replacement(TopicState topic, int number, long position, int length) {
        PartitionState partition = topic.partition(number);
        int from = random.nextInt(partition.runCount());
        List<Run> sources = partition.runsBetween(from,
                random.nextInt(from + 1, partition.runCount() + 1));
        long base = sources.getFirst().baseOffset();
        return new MergedRun(base, CommittedRun.of(new PartitionId(topic.id(), number), position,
                length, (int) (sources.getLast().endOffset() - base),
                sources.stream().mapToLong(Run::maxTimestampMillis).max().orElseThrow()));
    }

    /** Some of what is garbage is gone; where there is none, a segment comes. */
    private ManifestEvent collected(ManifestState state) {
        List<DataObject> gone = new ArrayList<>();
        state.references().garbage().forEach(object -> {
            if (gone.isEmpty() || random.nextBoolean()) {
                gone.add(object);
            }
        });
        return gone.isEmpty() ? segment(state) : new ObjectsCollected(gone);
    }

    private ConfigScope scope(UUID topic) {
        return switch (random.nextInt(4)) {
            case 0 -> new ConfigScope.Topic(topic);
            case 1 -> new ConfigScope.Broker(random.nextInt(3));
            case 2 -> new ConfigScope.Group("group-" + random.nextInt(3));
            default -> new ConfigScope.AllBrokers();
        };
    }

    private Configs configs() {
        return random.nextBoolean()
                ? Configs.NONE
                : Configs.of(Map.of("key-" + random.nextInt(3), "value " + random.nextInt(3)));
    }

    /** The next step of a transaction: its id is used, partitions join it, it ends. */
    private ManifestEvent transaction(ManifestState state) {
        TransactionalId id = new TransactionalId("id-" + random.nextInt(3));
        Optional<TransactionState> known = state.transactions().of(id);
        if (known.isEmpty() || (!known.get().isOngoing() && random.nextInt(4) == 0)) {
            ProducerIdentity producer = known.map(it -> it.producer().next())
                    .orElseGet(() -> new ProducerIdentity(100 + random.nextInt(1 << 30),
                            (short) 0));
            return new TransactionalIdInitialized(id, producer, 1 + random.nextInt(1_000),
                    known.filter(it -> random.nextBoolean()).map(it -> it.producer()));
        }
        List<CommittedRun> runs = new ArrayList<>();
        List<PartitionId> partitions = new ArrayList<>();
        state.topics().forEach(topic -> {
            PartitionId partition = new PartitionId(topic.id(), 0);
            partitions.add(partition);
            if (topic.partition(0).hasOpenTransaction(known.get().producer().id())) {
                runs.add(CommittedRun.of(partition, 32, 78, 1, -1));
            }
        });
        return known.get().isOngoing() && random.nextBoolean()
                ? new TransactionEnded(id, random.nextBoolean(),
                        random.nextBoolean()
                                ? known.get().producer()
                                : known.get().producer().next(),
                        runs.isEmpty()
                                ? new SegmentPlace.Nowhere()
                                : new SegmentPlace.Inline(0, new ByteRange(300, 80)),
                        runs, known.get().groupShards())
                : new TransactionJoined(id, partitions, List.of(shard()));
    }

    private SegmentCommitted segment(ManifestState state) {
        UUID wal = new UUID(300, random.nextInt(WALS));
        long number = state.walNumber(wal) + 1;
        List<CommittedRun> runs = new ArrayList<>();
        state.topics().forEach(topic -> {
            for (int i = 0; i < topic.partitionCount(); i++) {
                if (random.nextInt(3) == 0) {
                    runs.add(run(state, new PartitionId(topic.id(), i)));
                }
            }
        });
        return new SegmentCommitted(wal, number,
                runs.isEmpty() ? new SegmentPlace.Nowhere() : place(),
                runs);
    }

    private CommittedRun run(ManifestState state, PartitionId partition) {
        int offsets = random.nextInt(1, 1 << random.nextInt(1, 20));
        return new CommittedRun(partition, random.nextLong(32, 1L << 33),
                random.nextInt(1, 1 << 20), offsets,
                random.nextInt(20) == 0 ? -1 : 1_700_000_000_000L + random.nextInt(100_000),
                random.nextBoolean() ? batches(offsets) : ofTransaction(state, offsets));
    }

    /** A batch of a transaction, if there is one. */
    private List<ProducedBatch> ofTransaction(ManifestState state, int offsets) {
        return state.transactions().of(new TransactionalId("id-" + random.nextInt(3)))
                .map(transaction -> List.of(new ProducedBatch(new ProducerSequence(
                        transaction.producer().id(), transaction.producer().epoch(),
                        random.nextInt(1_000), Membership.JOINS), 0, offsets)))
                .orElseGet(List::of);
    }

    /** Batches of a few producers, which need not make sense together. */
    private List<ProducedBatch> batches(int offsets) {
        List<ProducedBatch> batches = new ArrayList<>();
        int end = random.nextInt(offsets + 1);
        while (end < offsets && batches.size() < 8) {
            int records = random.nextInt(1, offsets - end + 1);
            batches.add(new ProducedBatch(new ProducerSequence(random.nextInt(6),
                    (short) random.nextInt(3), random.nextInt(Integer.MAX_VALUE), Membership.NONE),
                    end,
                    records));
            end += records;
        }
        return batches;
    }

    private SegmentPlace place() {
        ByteRange index = new ByteRange(random.nextInt(1 << 20), random.nextInt(1, 10_000));
        return random.nextBoolean()
                ? new SegmentPlace.Stored(objectId(), index)
                : new SegmentPlace.Inline(random.nextInt(1 << 20), index);
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
