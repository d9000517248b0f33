package io.cordwood.manifest.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.Compaction;
import io.cordwood.manifest.event.ConfigChange;
import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.manifest.event.ManifestEvent.ConfigsChanged;
import io.cordwood.manifest.event.ManifestEvent.GroupRecordsWritten;
import io.cordwood.manifest.event.ManifestEvent.GroupShardTaken;
import io.cordwood.manifest.event.ManifestEvent.NodeJoined;
import io.cordwood.manifest.event.ManifestEvent.NodeLeft;
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
import io.cordwood.manifest.event.ManifestEvent.TransactionEnded;
import io.cordwood.manifest.event.ManifestEvent.TransactionalIdInitialized;
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
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.ProducerSequence.Membership;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.GoldenFile;
import io.cordwood.store.segment.PartitionId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CheckpointCodecTest {

    private static final GoldenFile GOLDEN = new GoldenFile("checkpoint-v1.bin");
    private static final GoldenFile GOLDEN_TRANSACTIONS = new GoldenFile(
            "checkpoint-transactions-v1.bin");
    private static final GoldenFile GOLDEN_GROUPS = new GoldenFile("checkpoint-groups-v1.bin");
    private static final GoldenFile GOLDEN_PRODUCERS = new GoldenFile(
            "checkpoint-producers-v1.bin");

    private static final GoldenFile GOLDEN_ADMINISTRATORS = new GoldenFile(
            "checkpoint-administrators-v1.bin");
    private static final GoldenFile GOLDEN_INDEXER = new GoldenFile("checkpoint-indexer-v1.bin");

    private static final GoldenFile GOLDEN_HISTORY = new GoldenFile("checkpoint-history-v1.bin");

    private static final GoldenFile GOLDEN_COMPACTION = new GoldenFile(
            "checkpoint-compaction-v1.bin");
    private static final GoldenFile GOLDEN_UPLOADS = new GoldenFile("checkpoint-uploads-v1.bin");
    private static final GoldenFile GOLDEN_NODES = new GoldenFile("checkpoint-nodes-v1.bin");
    private static final GoldenFile GOLDEN_TABLES = new GoldenFile("checkpoint-tables-v1.bin");

    private final ManifestState state = golden();
    private final ByteBuffer good = CheckpointCodec.encode(state).copy();

    @Test
    void aCheckpointIsWrittenAsItEverWas() {
        GOLDEN.assertIsWrittenToday(good);
    }

    @Test
    void aCheckpointIsReadAsItEverWas() {
        ManifestState read = CheckpointCodec.decode(state.sequence(), GOLDEN.bytes());

        assertThat(StateView.of(read)).isEqualTo(StateView.of(state));
    }

    @Test
    void whatIsRememberedOfProducersIsWrittenAndReadAsItEverWas() {
        ManifestState ofProducers = ofProducers();

        GOLDEN_PRODUCERS.assertIsWrittenToday(CheckpointCodec.encode(ofProducers).copy());
        assertThat(StateView.of(CheckpointCodec.decode(ofProducers.sequence(),
                GOLDEN_PRODUCERS.bytes()))).isEqualTo(StateView.of(ofProducers));
    }

    @Test
    void whatIsRememberedOfTransactionsIsWrittenAndReadAsItEverWas() {
        ManifestState ofTransactions = ofTransactions();

        GOLDEN_TRANSACTIONS.assertIsWrittenToday(CheckpointCodec.encode(ofTransactions).copy());
        assertThat(StateView.of(CheckpointCodec.decode(ofTransactions.sequence(),
                GOLDEN_TRANSACTIONS.bytes()))).isEqualTo(StateView.of(ofTransactions));
    }

    @Test
    void whatGroupsHaveWrittenIsWrittenAndReadAsItEverWas() {
        ManifestState ofGroups = ofGroups();

        GOLDEN_GROUPS.assertIsWrittenToday(CheckpointCodec.encode(ofGroups).copy());
        assertThat(StateView.of(CheckpointCodec.decode(ofGroups.sequence(),
                GOLDEN_GROUPS.bytes()))).isEqualTo(StateView.of(ofGroups));
    }

    @Test
    void whatAdministratorsChangedIsWrittenAndReadAsItEverWas() {
        ManifestState ofAdministrators = ofAdministrators();

        GOLDEN_ADMINISTRATORS.assertIsWrittenToday(CheckpointCodec.encode(ofAdministrators).copy());
        assertThat(StateView.of(CheckpointCodec.decode(ofAdministrators.sequence(),
                GOLDEN_ADMINISTRATORS.bytes()))).isEqualTo(StateView.of(ofAdministrators));
    }

    @Test
    void whatTheIndexerDidIsWrittenAndReadAsItEverWas() {
        ManifestState ofTheIndexer = ofTheIndexer();

        GOLDEN_INDEXER.assertIsWrittenToday(CheckpointCodec.encode(ofTheIndexer).copy());
        assertThat(StateView.of(CheckpointCodec.decode(ofTheIndexer.sequence(),
                GOLDEN_INDEXER.bytes()))).isEqualTo(StateView.of(ofTheIndexer));
    }

    @Test
    void whatIsRememberedOfHistoryIsWrittenAndReadAsItEverWas() {
        ManifestState ofHistory = ofHistory();

        GOLDEN_HISTORY.assertIsWrittenToday(CheckpointCodec.encode(ofHistory).copy());
        assertThat(StateView.of(CheckpointCodec.decode(ofHistory.sequence(),
                GOLDEN_HISTORY.bytes()))).isEqualTo(StateView.of(ofHistory));
    }

    @Test
    void howFarPartitionsAreCompactedIsWrittenAndReadAsItEverWas() {
        ManifestState compacted = compacted();

        GOLDEN_COMPACTION.assertIsWrittenToday(CheckpointCodec.encode(compacted).copy());
        assertThat(StateView.of(CheckpointCodec.decode(compacted.sequence(),
                GOLDEN_COMPACTION.bytes()))).isEqualTo(StateView.of(compacted));
    }

    @Test
    void whichUploadsWereGivenUpIsWrittenAndReadAsItEverWas() {
        EntryChain chain = chainOfTheIndexer();
        chain.append(new UploadsExpired(3));
        ManifestState expired = chain.state();

        GOLDEN_UPLOADS.assertIsWrittenToday(CheckpointCodec.encode(expired).copy());
        assertThat(StateView.of(CheckpointCodec.decode(expired.sequence(),
                GOLDEN_UPLOADS.bytes()))).isEqualTo(StateView.of(expired));
    }

    @Test
    void whoServesAndWhoHasIsWrittenAndReadAsItEverWas() {
        EntryChain chain = chainOfTheIndexer();
        chain.append(new WalTaken(new UUID(7, 8), new UUID(31, 32)));
        chain.append(new NodeJoined(NodeForge.node("node-a", new UUID(31, 32))),
                new NodeJoined(NodeForge.node("node-b", new UUID(33, 34))),
                new NodeJoined(NodeForge.node("node-c", new UUID(35, 36))),
                new NodeLeft(new UUID(33, 34)));
        ManifestState ofNodes = chain.state();

        GOLDEN_NODES.assertIsWrittenToday(CheckpointCodec.encode(ofNodes).copy());
        assertThat(StateView.of(CheckpointCodec.decode(ofNodes.sequence(),
                GOLDEN_NODES.bytes()))).isEqualTo(StateView.of(ofNodes));
    }

    @Test
    void whatIsRememberedOfTablesIsWrittenAndReadAsItEverWas() {
        ManifestState ofTables = ofTables();

        GOLDEN_TABLES.assertIsWrittenToday(CheckpointCodec.encode(ofTables).copy());
        assertThat(StateView.of(CheckpointCodec.decode(ofTables.sequence(),
                GOLDEN_TABLES.bytes()))).isEqualTo(StateView.of(ofTables));
    }

    @Test
    void nothingIsACheckpointToo() {
        ManifestState read = CheckpointCodec.decode(0,
                CheckpointCodec.encode(ManifestState.EMPTY).copy());

        assertThat(StateView.of(read)).isEqualTo(StateView.of(ManifestState.EMPTY));
    }

    @Test
    void aCheckpointIsTheFoldOfTheLogAndTheFoldGoesOnFromIt() {
        for (long seed = 1; seed <= 100; seed++) {
            RandomHistory history = new RandomHistory(new Random(seed));
            ManifestState fromCheckpoint = reopened(history.state());
            for (int i = 0; i < 100; i++) {
                StoredEntry entry = history.step();
                fromCheckpoint = Apply.apply(fromCheckpoint, entry);
                if (i % 20 == seed % 20) {
                    fromCheckpoint = reopened(fromCheckpoint);
                }
            }

            assertThat(StateView.of(fromCheckpoint)).as("seed %d", seed)
                    .isEqualTo(StateView.of(history.state()));
            assertThat(CheckpointCodec.encode(fromCheckpoint).copy()).as("seed %d", seed)
                    .isEqualTo(CheckpointCodec.encode(history.state()).copy());
        }
    }

    @Test
    void runsOfOneSegmentShareItAgain() {
        ManifestState read = reopened(state);

        TopicState topic = read.topic(new UUID(1, 1)).orElseThrow();
        assertThat(topic.partition(0).run(0).segment())
                .isSameAs(topic.partition(1).run(0).segment());
    }

    @Test
    void everyFlippedBitIsFound() {
        for (int position = 0; position < good.remaining(); position++) {
            for (int bit = 0; bit < 8; bit++) {
                ByteBuffer damaged = ByteBuffer.allocate(good.remaining()).put(good.duplicate())
                        .flip();
                damaged.put(position, (byte) (damaged.get(position) ^ (1 << bit)));

                assertCorrupt(state.sequence(), damaged);
            }
        }
    }

    @Test
    void everyCutIsFoundAndSoIsWhatFollows() {
        for (int size = 0; size < good.remaining(); size++) {
            assertCorrupt(state.sequence(), good.slice(0, size));
        }
        assertCorrupt(state.sequence(), ByteBuffer.allocate(good.remaining() + 1)
                .put(good.duplicate()).rewind());
    }

    @Test
    void aCheckpointUnderAnotherNumberIsNotThatCheckpoint() {
        assertCorrupt(state.sequence() + 1, good);
    }

    private static ManifestState reopened(ManifestState state) {
        return CheckpointCodec.decode(state.sequence(), CheckpointCodec.encode(state).copy());
    }

    private static void assertCorrupt(long sequence, ByteBuffer object) {
        assertThatThrownBy(() -> CheckpointCodec.decode(sequence, object))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("checkpoint " + sequence);
    }

    /** One transaction is open, another was aborted. */
    private static ManifestState ofTransactions() {
        EntryChain chain = EntryChain.elected();
        PartitionId partition = new PartitionId(new UUID(1, 1), 0);
        TransactionalId open = new TransactionalId("open");
        TransactionalId aborted = new TransactionalId("aborted");
        chain.append(new TopicCreated(partition.topic(), new TopicName("orders"), 1),
                new TransactionalIdInitialized(open, new ProducerIdentity(7, (short) 1), 60_000,
                        Optional.empty()),
                new TransactionalIdInitialized(aborted, new ProducerIdentity(8, (short) 2), 1,
                        Optional.empty()));
        chain.append(new SegmentCommitted(new UUID(5, 5), 1,
                new SegmentPlace.Stored(new UUID(6, 6), new ByteRange(5_000, 99)),
                List.of(new CommittedRun(partition, 32, 100, 9, -1,
                        List.of(new ProducedBatch(new ProducerSequence(8, (short) 2, 0,
                                Membership.JOINS), 0, 3),
                                new ProducedBatch(new ProducerSequence(7, (short) 1, 0,
                                        Membership.JOINS), 5, 4))))));
        chain.append(new TransactionEnded(aborted, false, new ProducerIdentity(8, (short) 3),
                new SegmentPlace.Inline(0, new ByteRange(300, 80)),
                List.of(CommittedRun.of(partition, 32, 78, 1, -1)), List.of()));
        return chain.state();
    }

    /** A shard of which one record is pending. */
    private static ManifestState ofGroups() {
        EntryChain chain = EntryChain.elected();
        GroupShard shard = new GroupShard(17);
        ProducerIdentity producer = new ProducerIdentity(7, (short) 1);
        chain.append(new GroupShardTaken(shard, new UUID(1, 2)), new GroupRecordsWritten(shard, 1,
                Optional.empty(), List.of(record(1, 1), record(2, 1), record(1, 2))));
        chain.append(new TransactionalIdInitialized(new TransactionalId("open"), producer, 60_000,
                Optional.empty()),
                new GroupRecordsWritten(shard, 2, Optional.of(producer), List.of(record(2, 2))));
        return chain.state();
    }

    private static GroupRecord record(int key, int value) {
        return GroupRecord.copyOf(ByteBuffer.wrap(new byte[]{(byte) key}),
                Optional.of(ByteBuffer.wrap(new byte[]{(byte) value})));
    }

    /** Everybody has settings, a topic has grown, and of a run only the end is left. */
    private static ManifestState ofAdministrators() {
        EntryChain chain = EntryChain.elected();
        PartitionId partition = new PartitionId(new UUID(1, 1), 0);
        ConfigChange change = new ConfigChange(Configs.of(Map.of("a", "1", "ä", "€")),
                new TreeSet<>());
        chain.append(new TopicCreated(partition.topic(), new TopicName("orders"), 1,
                Configs.of(Map.of("cleanup.policy", "compact"))),
                new ConfigsChanged(new ConfigScope.Topic(partition.topic()), change),
                new ConfigsChanged(new ConfigScope.Group("grüppe"), change),
                new ConfigsChanged(new ConfigScope.Group("a"), change),
                new ConfigsChanged(new ConfigScope.Broker(0), change),
                new ConfigsChanged(new ConfigScope.Broker(12), change),
                new ConfigsChanged(new ConfigScope.AllBrokers(), change));
        chain.append(new SegmentCommitted(new UUID(5, 5), 1,
                new SegmentPlace.Stored(new UUID(6, 6), new ByteRange(5_000, 99)),
                List.of(CommittedRun.of(partition, 32, 100, 9, 99),
                        CommittedRun.of(partition, 132, 100, 9, 50))));
        chain.append(new PartitionsAdded(partition.topic(), 2),
                new RecordsDeleted(partition, 12));
        return chain.state();
    }

    /** One file with the run of two others, of which one was a file before. */
    private static ManifestState ofHistory() {
        EntryChain chain = chainOfTheIndexer();
        chain.append(converted(new UUID(8, 8), 0, 18));
        chain.append(converted(new UUID(8, 9), 0, 27));
        return chain.state();
    }

    /** A table has a second version, so that the pieces of the first are needed no more. */
    private static ManifestState ofTables() {
        EntryChain chain = chainOfTheIndexer();
        UUID topic = new UUID(1, 1);
        chain.append(converted(new UUID(8, 8), 0, 18));
        chain.append(new TablePublished(topic, new TableVersion(new UUID(9, 1), 1, 1, 5)),
                new TablePublished(topic, new TableVersion(new UUID(9, 2), 2, 3, -5)));
        return chain.state();
    }

    private static ManifestState compacted() {
        EntryChain chain = chainOfTheIndexer();
        chain.append(new PartitionCompacted(new PartitionId(new UUID(1, 1), 0),
                new Compaction(18, 15, 1_700_000_000_000L,
                        new Compaction.Tombstones(9, 1_600_000_000_000L))));
        return chain.state();
    }

    private static RunsConverted converted(UUID file, long base, int offsets) {
        PartitionId partition = new PartitionId(new UUID(1, 1), 0);
        return new RunsConverted(
                new HistoryPlace(partition.topic(), file, new ByteRange(400, 100), 0xCAFE_BABE,
                        offsets - 1, 17),
                new MergedRun(base, CommittedRun.of(partition, 0, 500, offsets, 99)));
    }

    private static ManifestState ofTheIndexer() {
        return chainOfTheIndexer().state();
    }

    private static EntryChain chainOfTheIndexer() {
        EntryChain chain = EntryChain.elected();
        PartitionId partition = new PartitionId(new UUID(1, 1), 0);
        ByteRange index = new ByteRange(5_000, 99);
        chain.append(new TopicCreated(partition.topic(), new TopicName("orders"), 1));
        for (int number = 1; number <= 3; number++) {
            chain.append(new SegmentCommitted(new UUID(5, 5), number,
                    new SegmentPlace.Stored(new UUID(6, number), index),
                    List.of(CommittedRun.of(partition, 32, 100, 9, 99))));
        }
        chain.append(new RunsMerged(new SegmentPlace.Stored(new UUID(7, 7), index), List.of(
                new MergedRun(0, CommittedRun.of(partition, 32, 200, 18, 99)))));
        return chain;
    }

    private static ManifestState ofProducers() {
        EntryChain chain = EntryChain.elected();
        PartitionId partition = new PartitionId(new UUID(1, 1), 0);
        chain.append(new TopicCreated(partition.topic(), new TopicName("orders"), 1),
                new ProducerIdsReserved(1_000));
        chain.append(new SegmentCommitted(new UUID(5, 5), 1,
                new SegmentPlace.Stored(new UUID(6, 6), new ByteRange(5_000, 99)),
                List.of(new CommittedRun(partition, 32, 100, 9, -1,
                        List.of(new ProducedBatch(
                                new ProducerSequence(7, (short) 1, 2_147_483_640, Membership.NONE),
                                0, 3),
                                new ProducedBatch(new ProducerSequence(900, Short.MAX_VALUE, 0,
                                        Membership.NONE), 5, 4))))));
        chain.append(new ProducersForgotten(0));
        return chain.state();
    }

    private static ManifestState golden() {
        EntryChain chain = EntryChain.elected();
        UUID topic = new UUID(1, 1);
        CommittedRun first = CommittedRun.of(new PartitionId(topic, 0), 32, 100, 5, -1);
        CommittedRun second = CommittedRun.of(new PartitionId(topic, 1), 132, 200, 1,
                1_700_000_000_000L);
        chain.append(new TopicCreated(topic, new TopicName("orders"), 3),
                new TopicCreated(new UUID(-1, 2), new TopicName("a.deleted-one"), 1));
        chain.append(new SegmentCommitted(new UUID(5, 5), 1,
                new SegmentPlace.Stored(new UUID(6, 6), new ByteRange(5_000_000_000L, 99)),
                List.of(first, second)));
        chain.append(new SegmentCommitted(new UUID(-5, 5), 1,
                new SegmentPlace.Inline(77, new ByteRange(300, 80)), List.of(second)));
        return chain.state();
    }
}
