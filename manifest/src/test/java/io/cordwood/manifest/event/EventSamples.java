package io.cordwood.manifest.event;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.ProducerSequence.Membership;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Entries that hold every kind of event. */
final class EventSamples {

    static final UUID TOPIC = UUID.fromString("11111111-1111-4111-8111-111111111111");
    /** In which the inline segments of random entries lie. */
    static final int INLINE_SIZE = 100;

    private static final UUID WAL = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final UUID SEGMENT = UUID.fromString("33333333-3333-4333-8333-333333333333");

    private EventSamples() {}

    /** One event of each kind, and a segment in each place. */
    static ManifestEntry everyKind(ByteRange inlineIndex) {
        ManifestEntry.Head head = new ManifestEntry.Head(7, new UUID(1, 2), new UUID(3, 4), 5,
                new UUID(-1, -2));
        PartitionId partition = new PartitionId(TOPIC, 1);
        return new ManifestEntry(head, Instant.ofEpochMilli(1_700_000_000_123L), List.of(
                new CommitterElected("node-1:8082"),
                new TopicCreated(TOPIC, new TopicName("orders.v1_x-y"), 3),
                new SegmentCommitted(WAL, 1,
                        new SegmentPlace.Stored(SEGMENT, new ByteRange(5_000_000_000L, 300)),
                        List.of(CommittedRun.of(partition, 32, 100, 4, 1_700_000_000_000L),
                                CommittedRun.of(partition, 4_000_000_000L, 100, 4, -1))),
                new SegmentCommitted(WAL, 2, new SegmentPlace.Inline(0, inlineIndex),
                        List.of(CommittedRun.of(partition, 32, 100, 4, 1_700_000_000_000L))),
                new SegmentCommitted(WAL, 3, new SegmentPlace.Nowhere(), List.of()),
                new TopicDeleted(TOPIC)));
    }

    /** What idempotent producers leave in an entry. */
    static ManifestEntry ofProducers() {
        ManifestEntry.Head head = new ManifestEntry.Head(8, new UUID(1, 2), new UUID(5, 6), 5,
                new UUID(3, 4));
        PartitionId partition = new PartitionId(TOPIC, 1);
        return new ManifestEntry(head, Instant.ofEpochMilli(1_700_000_000_456L), List.of(
                new ProducerIdsReserved(1_000),
                new SegmentCommitted(WAL, 4,
                        new SegmentPlace.Stored(SEGMENT, new ByteRange(5_000_000_000L, 300)),
                        List.of(new CommittedRun(partition, 32, 100, 9, 1_700_000_000_000L,
                                List.of(new ProducedBatch(new ProducerSequence(7, (short) 1,
                                        2_147_483_640, Membership.NONE), 0, 3),
                                        new ProducedBatch(new ProducerSequence(1L << 40,
                                                Short.MAX_VALUE, 0, Membership.MEMBER), 5, 4))))),
                new ProducersForgotten(1_699_000_000_000L)));
    }

    /** What transactions leave in an entry, with its inline part. */
    static ManifestEntry ofTransactions(ByteRange inlineIndex) {
        ManifestEntry.Head head = new ManifestEntry.Head(9, new UUID(1, 2), new UUID(7, 8), 5,
                new UUID(5, 6));
        TransactionalId id = new TransactionalId("shop-€");
        PartitionId partition = new PartitionId(TOPIC, 1);
        return new ManifestEntry(head, Instant.ofEpochMilli(1_700_000_000_789L), List.of(
                new TransactionalIdInitialized(id, new ProducerIdentity(7, (short) 3), 60_000,
                        Optional.of(new ProducerIdentity(7, (short) 2))),
                new TransactionJoined(id, List.of(partition, new PartitionId(TOPIC, 2)),
                        List.of()),
                new TransactionEnded(id, true, new ProducerIdentity(7, (short) 4),
                        new SegmentPlace.Inline(0, inlineIndex),
                        List.of(CommittedRun.of(partition, 32, 78, 1, -1)), List.of()),
                new TransactionEnded(id, false, new ProducerIdentity(8, (short) 0),
                        new SegmentPlace.Nowhere(), List.of(), List.of()),
                new TransactionalIdsForgotten(1_699_000_000_000L)));
    }

    /** What groups leave in an entry. */
    static ManifestEntry ofGroups() {
        ManifestEntry.Head head = new ManifestEntry.Head(10, new UUID(1, 2), new UUID(9, 10), 5,
                new UUID(7, 8));
        TransactionalId id = new TransactionalId("shop-€");
        GroupShard last = new GroupShard(GroupShard.COUNT - 1);
        ProducerIdentity producer = new ProducerIdentity(7, (short) 4);
        return new ManifestEntry(head, Instant.ofEpochMilli(1_700_000_001_000L), List.of(
                new GroupShardTaken(last, new UUID(1, 2)),
                new GroupRecordsWritten(last, 1, Optional.empty(), List.of(
                        record("key", Optional.of("value")), record("gone", Optional.empty()),
                        record("empty", Optional.of("")))),
                new TransactionJoined(id, List.of(), List.of(new GroupShard(0), last)),
                new GroupRecordsWritten(last, 2, Optional.of(producer),
                        List.of(record("key", Optional.of("later")))),
                new TransactionEnded(id, true, producer.next(), new SegmentPlace.Nowhere(),
                        List.of(), List.of(new GroupShard(0), last))));
    }

    private static GroupRecord record(String key, Optional<String> value) {
        return GroupRecord.copyOf(ByteBuffer.wrap(key.getBytes(UTF_8)),
                value.map(text -> ByteBuffer.wrap(text.getBytes(UTF_8))));
    }

    /** What administrators leave in an entry. */
    static ManifestEntry ofAdministrators() {
        ManifestEntry.Head head = new ManifestEntry.Head(10, new UUID(1, 2), new UUID(9, 10), 5,
                new UUID(7, 8));
        ConfigChange change = new ConfigChange(
                Configs.of(Map.of("retention.ms", "-1", "cleanup.policy", "compact")),
                new TreeSet<>(List.of("segment.bytes")));
        return new ManifestEntry(head, Instant.ofEpochMilli(1_700_000_001_234L), List.of(
                new TopicCreated(TOPIC, new TopicName("orders"), 3,
                        Configs.of(Map.of("segment.bytes", "1048576", "note", "ä€"))),
                new ConfigsChanged(new ConfigScope.Topic(TOPIC), change),
                new ConfigsChanged(new ConfigScope.AllBrokers(), change),
                new ConfigsChanged(new ConfigScope.Broker(0), change),
                new ConfigsChanged(new ConfigScope.Group("grüppe"), change),
                new PartitionsAdded(TOPIC, 7),
                new RecordsDeleted(new PartitionId(TOPIC, 1), 5_000_000_000L)));
    }

    /** What the indexer leaves in an entry. */
    static ManifestEntry ofTheIndexer() {
        ManifestEntry.Head head = new ManifestEntry.Head(11, new UUID(1, 2), new UUID(11, 12), 5,
                new UUID(9, 10));
        return new ManifestEntry(head, Instant.ofEpochMilli(1_700_000_002_000L), List.of(
                new RunsMerged(
                        new SegmentPlace.Stored(SEGMENT, new ByteRange(5_000_000_000L, 300)),
                        List.of(new MergedRun(0, CommittedRun.of(new PartitionId(TOPIC, 0), 32,
                                100, 4, 1_700_000_000_000L)),
                                new MergedRun(1L << 40, CommittedRun.of(new PartitionId(TOPIC, 1),
                                        132, 2_000_000_000, 2_000_000_000, -1)))),
                new ObjectsCollected(List.of(new DataObject.Segment(SEGMENT),
                        new DataObject.Segment(TOPIC)))));
    }

    /** What the conversion to history leaves in an entry. */
    static ManifestEntry ofTheConversion() {
        ManifestEntry.Head head = new ManifestEntry.Head(12, new UUID(1, 2), new UUID(13, 14), 5,
                new UUID(11, 12));
        HistoryPlace file = new HistoryPlace(TOPIC, new UUID(7, 7), new ByteRange(900, 100),
                0xCAFE_BABE, 20, 1_600_000_000_000L);
        return new ManifestEntry(head, Instant.ofEpochMilli(1_700_000_003_000L), List.of(
                new RunsConverted(file, new MergedRun(1L << 40, CommittedRun.of(
                        new PartitionId(TOPIC, 1), 0, 1_000, 30, 1_700_000_000_000L))),
                new ObjectsCollected(List.of(new DataObject.History(TOPIC, new UUID(7, 6)),
                        new DataObject.Segment(SEGMENT)))));
    }

    /** What publishing a table leaves in an entry. */
    static ManifestEntry ofThePublisher() {
        ManifestEntry.Head head = new ManifestEntry.Head(13, new UUID(1, 2), new UUID(15, 16), 5,
                new UUID(13, 14));
        return new ManifestEntry(head, Instant.ofEpochMilli(1_700_000_004_000L), List.of(
                new TablePublished(TOPIC, new TableVersion(new UUID(8, 8), 300, 2, -77)),
                new ObjectsCollected(List.of(new DataObject.Table(TOPIC, new UUID(8, 7), 2)))));
    }

    /** What compacting a partition leaves in an entry. */
    static ManifestEntry ofCompaction() {
        ManifestEntry.Head head = new ManifestEntry.Head(14, new UUID(1, 2), new UUID(17, 18), 5,
                new UUID(15, 16));
        return new ManifestEntry(head, Instant.ofEpochMilli(1_700_000_005_000L), List.of(
                new PartitionCompacted(new PartitionId(TOPIC, 1), new Compaction(1L << 40,
                        1L << 39, 1_700_000_004_000L,
                        new Compaction.Tombstones(1L << 38, 1_600_000_000_000L)))));
    }

    /** What others have proposed. */
    static ManifestEntry ofOthers() {
        ManifestEntry.Head head = new ManifestEntry.Head(16, new UUID(1, 2), new UUID(21, 22), 5,
                new UUID(19, 20));
        return new ManifestEntry(head, Instant.ofEpochMilli(1_700_000_007_000L),
                List.of(new ProducerIdsReserved(1), new ProducerIdsReserved(2),
                        new ProducerIdsReserved(3)),
                List.of(new Proposed(0, new UUID(31, 32), 1L << 40),
                        new Proposed(2, new UUID(33, 34), 7)));
    }

    /** What giving up uploads leaves in an entry. */
    static ManifestEntry ofUploads() {
        ManifestEntry.Head head = new ManifestEntry.Head(15, new UUID(1, 2), new UUID(19, 20), 5,
                new UUID(17, 18));
        return new ManifestEntry(head, Instant.ofEpochMilli(1_700_000_006_000L),
                List.of(new UploadsExpired(1L << 40)));
    }

    /** What nodes leave in an entry that come and go. */
    static ManifestEntry ofNodes() {
        ManifestEntry.Head head = new ManifestEntry.Head(17, new UUID(1, 2), new UUID(23, 24), 5,
                new UUID(21, 22));
        return new ManifestEntry(head, Instant.ofEpochMilli(1_700_000_008_000L),
                List.of(new WalTaken(new UUID(7, 8), new UUID(31, 32)),
                        new NodeJoined(new Member("node-a", new UUID(31, 32),
                                new Member.Addresses("10.0.0.1:9094", "10.0.0.1:8082",
                                        "kafka.example.com:9092"),
                                Optional.of("eu-1a"), Set.of(NodeRole.values()))),
                        new NodeJoined(new Member("node-b", new UUID(33, 34),
                                new Member.Addresses("b:1", "", ""), Optional.empty(),
                                Set.of(NodeRole.INDEXER))),
                        new NodeLeft(new UUID(33, 34))));
    }

    /** An entry with a few events by chance. They need not make sense together. */
    static ManifestEntry random(Random random) {
        List<ManifestEvent> events = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            events.add(randomEvent(random));
        }
        return new ManifestEntry(new ManifestEntry.Head(random.nextLong(1, Long.MAX_VALUE),
                id(random), id(random), random.nextLong(1, Long.MAX_VALUE), id(random)),
                Instant.ofEpochMilli(random.nextLong(-1_000_000_000_000L, 4_000_000_000_000L)),
                events);
    }

    private static ManifestEvent randomEvent(Random random) {
        return switch (random.nextInt(25)) {
            case 0 -> new CommitterElected(random.nextBoolean() ? "" : "höst:" + random.nextInt());
            case 1 -> new TopicCreated(id(random), new TopicName("t" + random.nextInt(1 << 20)),
                    random.nextInt(1, TopicCreated.PARTITIONS_MAX + 1),
                    random.nextBoolean() ? Configs.NONE : configs(random));
            case 2 -> new TopicDeleted(id(random));
            case 3 -> new SegmentCommitted(id(random), random.nextLong(1, Long.MAX_VALUE),
                    new SegmentPlace.Nowhere(), List.of());
            case 4 -> new ProducerIdsReserved(
                    random.nextInt(1, ProducerIdsReserved.COUNT_MAX + 1));
            case 5 -> new ProducersForgotten(random.nextLong());
            case 9 -> new TransactionalIdsForgotten(random.nextLong());
            case 15 -> new RunsMerged(new SegmentPlace.Stored(id(random),
                    new ByteRange(random.nextLong(1L << 40), random.nextInt(1, 1 << 20))),
                    List.of(merged(random), merged(random)));
            case 16 -> new ObjectsCollected(List.of(new DataObject.Segment(id(random)),
                    new DataObject.History(id(random), id(random)),
                    new DataObject.Table(id(random), id(random), random.nextInt(1_000))));
            case 17 -> converted(random);
            case 18 -> new TablePublished(id(random), version(random));
            case 19 -> new PartitionCompacted(new PartitionId(id(random), random.nextInt(10_000)),
                    Compaction.NONE.goOn(random.nextLong(1L << 40, Long.MAX_VALUE),
                            random.nextLong(1L << 40), random.nextLong(), random.nextBoolean()));
            case 20 -> new UploadsExpired(random.nextLong(Long.MAX_VALUE));
            case 21 -> new WalTaken(id(random), id(random));
            case 22 -> new NodeJoined(NodeForge.node(random));
            case 23 -> new NodeLeft(id(random));
            case 13 -> new GroupShardTaken(shard(random), id(random));
            case 14 -> new GroupRecordsWritten(shard(random), random.nextLong(1, Long.MAX_VALUE),
                    random.nextBoolean() ? Optional.empty() : Optional.of(producer(random)),
                    List.of(record("k" + random.nextInt(), random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of("v" + random.nextInt()))));
            case 10 -> new ConfigsChanged(scope(random), new ConfigChange(configs(random),
                    new TreeSet<>(List.of("removed." + random.nextInt(9)))));
            case 11 -> new PartitionsAdded(id(random),
                    random.nextInt(1, TopicCreated.PARTITIONS_MAX + 1));
            case 12 -> new RecordsDeleted(new PartitionId(id(random), random.nextInt(10_000)),
                    random.nextLong(Long.MAX_VALUE));
            case 6 -> new TransactionalIdInitialized(transactionalId(random), producer(random),
                    random.nextInt(1, Integer.MAX_VALUE),
                    random.nextBoolean() ? Optional.empty() : Optional.of(producer(random)));
            case 7 -> new TransactionJoined(transactionalId(random),
                    List.of(new PartitionId(id(random), random.nextInt(10_000))),
                    List.of(shard(random)));
            case 8 -> new TransactionEnded(transactionalId(random), random.nextBoolean(),
                    producer(random), place(random), runs(random), List.of(shard(random)));
            default ->
                new SegmentCommitted(id(random), random.nextLong(1, 2 << random.nextInt(29)),
                        place(random), runs(random));
        };
    }

    private static TableVersion version(Random random) {
        return new TableVersion(id(random), random.nextLong(1, Long.MAX_VALUE),
                random.nextInt(TableVersion.MANIFESTS_MAX), random.nextLong());
    }

    private static RunsConverted converted(Random random) {
        UUID topic = id(random);
        ByteRange tail = new ByteRange(random.nextInt(1, 1 << 30), random.nextInt(1, 1 << 20));
        return new RunsConverted(new HistoryPlace(topic, id(random), tail, random.nextInt(),
                random.nextLong(1L << 40), random.nextLong(-1, 1L << 50)),
                new MergedRun(random.nextLong(1L << 40),
                        CommittedRun.of(new PartitionId(topic, random.nextInt(10_000)), 0,
                                (int) tail.end(), random.nextInt(1, Integer.MAX_VALUE),
                                random.nextLong(-1, 1L << 50))));
    }

    private static MergedRun merged(Random random) {
        return new MergedRun(random.nextLong(1L << 40),
                CommittedRun.of(new PartitionId(id(random), random.nextInt(10_000)),
                        random.nextLong(1L << 40), random.nextInt(1, Integer.MAX_VALUE),
                        random.nextInt(1, Integer.MAX_VALUE), random.nextLong(-1, 1L << 50)));
    }

    private static ConfigScope scope(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new ConfigScope.Topic(id(random));
            case 1 -> new ConfigScope.Broker(random.nextInt(Integer.MAX_VALUE));
            case 2 -> new ConfigScope.Group("group-" + random.nextInt());
            default -> new ConfigScope.AllBrokers();
        };
    }

    private static Configs configs(Random random) {
        return Configs.of(Map.of("set." + random.nextInt(9), "välue " + random.nextInt(),
                "empty." + random.nextInt(9), ""));
    }

    private static SegmentPlace place(Random random) {
        ByteRange index = new ByteRange(random.nextInt(40), random.nextInt(1, 40));
        return random.nextBoolean()
                ? new SegmentPlace.Stored(id(random), index)
                : new SegmentPlace.Inline(random.nextInt(INLINE_SIZE - 80), index);
    }

    private static List<CommittedRun> runs(Random random) {
        List<CommittedRun> runs = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            runs.add(new CommittedRun(new PartitionId(id(random), random.nextInt(10_000)),
                    random.nextLong(1L << 40), random.nextInt(1, Integer.MAX_VALUE),
                    random.nextInt(1_000, Integer.MAX_VALUE), random.nextLong(-1, 1L << 50),
                    batches(random)));
        }
        return runs;
    }

    private static List<ProducedBatch> batches(Random random) {
        List<ProducedBatch> batches = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            batches.addFirst(new ProducedBatch(new ProducerSequence(
                    random.nextLong(Long.MAX_VALUE), (short) random.nextInt(1 << 15),
                    random.nextInt(Integer.MAX_VALUE),
                    random.nextBoolean() ? Membership.NONE : Membership.MEMBER), i * 100,
                    random.nextInt(1, 100)));
        }
        return batches;
    }

    private static GroupShard shard(Random random) {
        return new GroupShard(random.nextInt(GroupShard.COUNT));
    }

    private static TransactionalId transactionalId(Random random) {
        return new TransactionalId("id-" + random.nextInt());
    }

    private static ProducerIdentity producer(Random random) {
        return new ProducerIdentity(random.nextLong(Long.MAX_VALUE),
                (short) random.nextInt(1 << 15));
    }

    private static UUID id(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
