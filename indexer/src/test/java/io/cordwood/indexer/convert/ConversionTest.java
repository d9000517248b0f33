package io.cordwood.indexer.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.indexer.AllDuties;
import io.cordwood.indexer.Indexer;
import io.cordwood.indexer.IndexerRules;
import io.cordwood.indexer.IndexerSettings;
import io.cordwood.indexer.collect.CollectSettings;
import io.cordwood.indexer.compact.CompactionRules;
import io.cordwood.indexer.compact.CompactionSettings;
import io.cordwood.indexer.merge.MergeSettings;
import io.cordwood.indexer.retention.RetentionRules;
import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.commit.DeleteRecords;
import io.cordwood.manifest.commit.DeleteTopic;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.HistoryRef;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.Tier;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RandomRecords;
import io.cordwood.store.batch.RecordHeader;
import io.cordwood.store.batch.StoredRecord;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.SegmentBuilder;
import io.cordwood.store.segment.SegmentForge;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of old runs, from flush to file. */
class ConversionTest {

    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final IndexerSettings SETTINGS = new IndexerSettings(Duration.ofSeconds(1),
            Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofSeconds(1),
            new CollectSettings(GRACE, Duration.ofMinutes(10), Duration.ofMinutes(5),
                    Duration.ofHours(1)),
            new MergeSettings(4, 4, 1 << 20, 1 << 20), CompactionSettings.STANDARD);

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final FailingObjectStore store = new FailingObjectStore(bucket,
            request -> new Fault.Pass());
    private final ManifestFixture manifest = ManifestFixture.elected(bucket, loop, 1);
    private final UUID topic = manifest.createTopic("orders", 1);
    private final PartitionId orders = new PartitionId(topic, 0);
    private final RandomRecords random = new RandomRecords(new Random(1));
    private final Indexer indexer = new Indexer(new Indexer.Parts(manifest.follower(),
            manifest.committer(), loop, store, store, new DirectWorkers(), manifest.ids(),
            new IndexerRules(RetentionRules.FOREVER, (state, of) -> OptionalLong.of(0),
                    CompactionRules.NONE),
            new AllDuties(manifest.committer()::isCommitter)),
            SETTINGS);

    ConversionTest() {
        indexer.start();
    }

    @Test
    void oldRunsBecomeFilesOfTheSameRecords() {
        for (int i = 0; i < 10; i++) {
            flush(records(20));
        }
        List<StoredRecord> before = read();

        pass(Duration.ofMinutes(1));

        assertThat(runs()).allMatch(run -> run.tier() == Tier.HISTORY);
        assertThat(read()).isEqualTo(before);
        assertThat(indexer.statistics().history().records()).isGreaterThanOrEqualTo(200);
    }

    @Test
    void filesOfALengthBecomeOneOfTheSameRecords() {
        List<StoredRecord> before = new ArrayList<>();
        for (int i = 0; i < SETTINGS.merge().runsMin(); i++) {
            flush(records(20));
            before = read();
            pass(Duration.ofSeconds(6));
        }

        pass(Duration.ofMinutes(1));

        assertThat(runs()).hasSize(1);
        assertThat(read()).isEqualTo(before);
    }

    @Test
    void theSegmentsAndFilesThatAreLeftGoAfterAWhile() {
        for (int i = 0; i < SETTINGS.merge().runsMin(); i++) {
            flush(records(20));
            pass(Duration.ofSeconds(6));
        }
        pass(GRACE.plusMinutes(1));
        assertThat(objects(BucketLayout.SEGMENT_PREFIX)).isZero();
        assertThat(objects(BucketLayout.HISTORY_PREFIX)).isEqualTo(1);

        manifest.commit(new DeleteTopic(new TopicName("orders")));
        pass(GRACE.plusMinutes(1));
        assertThat(objects(BucketLayout.HISTORY_PREFIX)).isZero();
        assertThat(manifest.state().references().garbageCount()).isZero();
    }

    @Test
    void whatIsDeletedIsGoneFromItsFileToo() {
        flush(records(20));
        pass(Duration.ofMinutes(1));
        List<StoredRecord> before = read();

        manifest.commit(new DeleteRecords(orders, OptionalLong.of(15)));
        pass(Duration.ofMinutes(1));

        HistoryRef file = (HistoryRef) runs().getFirst().home();
        assertThat(file.file().records()).isEqualTo(5);
        assertThat(read()).isEqualTo(before.subList(15, 20));
        assertThat(runs().getFirst().baseOffset()).isZero();
    }

    @Test
    void aRunThatNoFileCanHoldStaysASegmentIsCountedAndBlocksNothing() {
        flush(records(5));
        pass(Duration.ofSeconds(6));
        flush(List.of(inconvertible()));
        pass(Duration.ofSeconds(6));
        flush(records(5));
        List<StoredRecord> before = read();

        pass(Duration.ofSeconds(10));

        assertThat(runs()).extracting(Run::tier)
                .containsExactly(Tier.HISTORY, Tier.LOG, Tier.HISTORY);
        assertThat(read()).isEqualTo(before);
        assertThat(indexer.statistics().stuck().unconvertible()).isEqualTo(1);
        assertThat(indexer.statistics().failures()).isZero();
    }

    @Test
    void runsThatNoFileCanHoldAreNotMergedSoThatTheyDoNotSpoilOthers() {
        for (int i = 0; i < SETTINGS.merge().runsMin(); i++) {
            flush(List.of(inconvertible()));
            pass(Duration.ofSeconds(6));
        }

        pass(Duration.ofSeconds(10));

        assertThat(runs()).hasSize(SETTINGS.merge().runsMin());
        assertThat(indexer.statistics().stuck().unconvertible())
                .isEqualTo(SETTINGS.merge().runsMin());
    }

    @Test
    void aFileThatIsDamagedStaysAndTheOthersGrow() {
        for (int i = 0; i < 3; i++) {
            flush(records(20));
            pass(Duration.ofSeconds(6));
        }
        Run damaged = runs().getFirst();
        ByteBuffer object = bucket.read(damaged.key(), 1 << 20).result().orElseThrow();
        object.put(object.limit() / 2, (byte) (object.get(object.limit() / 2) ^ 1));
        loop.await(bucket.put(damaged.key(), Bytes.of(object)));
        for (int i = 0; i < 4; i++) {
            flush(records(20));
            pass(Duration.ofSeconds(6));
        }

        pass(Duration.ofMinutes(1));

        assertThat(runs().getFirst()).isEqualTo(damaged);
        assertThat(runs().size()).isLessThan(5);
        assertThat(indexer.statistics().stuck().damaged()).isEqualTo(1);
    }

    @Test
    void whileNoFileCanBeWrittenNothingChangesAndAfterwardsItIsDone() {
        flush(records(20));
        store.policy(FaultPolicy.when(request -> request.operation() == Operation.PUT
                && request.name().startsWith(BucketLayout.HISTORY_PREFIX), new Fault.Refused()));
        pass(Duration.ofMinutes(1));
        assertThat(runs()).allMatch(run -> run.tier() == Tier.LOG);
        assertThat(indexer.statistics().failures()).isPositive();

        store.policy(request -> new Fault.Pass());
        pass(Duration.ofSeconds(5));

        assertThat(runs()).allMatch(run -> run.tier() == Tier.HISTORY);
    }

    private static LogRecord inconvertible() {
        return new LogRecord(1, Optional.empty(), Optional.empty(),
                List.of(new RecordHeader("\uFFFD", Optional.empty())));
    }

    /** Of a time long ago. */
    private List<LogRecord> records(int count) {
        return random.records(count, 100).stream().map(record -> new LogRecord(1_000,
                record.key(), Optional.of(random.noise(500)), record.headers())).toList();
    }

    private void flush(List<LogRecord> records) {
        SegmentBuilder builder = new SegmentBuilder(manifest.ids().get());
        builder.add(orders, SegmentForge.batch(records));
        manifest.commit(manifest.inline(builder.build()));
    }

    private List<StoredRecord> read() {
        return new RunRecords(bucket).of(manifest.state().partition(orders).orElseThrow());
    }

    private List<Run> runs() {
        PartitionState partition = manifest.state().partition(orders).orElseThrow();
        return partition.runsBetween(0, partition.runCount());
    }

    private int objects(String prefix) {
        return bucket.list(Listing.of(prefix)).result().objects().size();
    }

    private void pass(Duration time) {
        loop.advance(time);
    }
}
