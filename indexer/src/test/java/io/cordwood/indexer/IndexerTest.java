package io.cordwood.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.indexer.collect.CollectSettings;
import io.cordwood.indexer.compact.CompactionRules;
import io.cordwood.indexer.compact.CompactionSettings;
import io.cordwood.indexer.convert.HistoryRules;
import io.cordwood.indexer.merge.MergeSettings;
import io.cordwood.indexer.retention.Retention;
import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.commit.DeleteTopic;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.Tier;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.SegmentIndex;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IndexerTest {

    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final IndexerSettings SETTINGS = new IndexerSettings(Duration.ofSeconds(1),
            Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofSeconds(10),
            new CollectSettings(GRACE, Duration.ofMinutes(10), Duration.ofMinutes(5),
                    Duration.ofHours(1)),
            new MergeSettings(4, 4, 1 << 20, 1 << 20), CompactionSettings.STANDARD);

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final FailingObjectStore store = new FailingObjectStore(bucket,
            request -> new Fault.Pass());
    private final ManifestFixture manifest = ManifestFixture.elected(bucket, loop, 1);
    private final UUID topic = manifest.createTopic("orders", 2);
    private final PartitionId first = new PartitionId(topic, 0);
    private final PartitionId second = new PartitionId(topic, 1);
    private final Indexer indexer = new Indexer(new Indexer.Parts(manifest.follower(),
            manifest.committer(), loop, store, store, new DirectWorkers(), manifest.ids(),
            new IndexerRules(this::retention, HistoryRules.NONE, CompactionRules.NONE),
            new AllDuties(manifest.committer()::isCommitter)),
            SETTINGS);

    private OptionalLong bytesMax = OptionalLong.empty();

    IndexerTest() {
        indexer.start();
    }

    @Test
    void whatWasFlushedIsMergedAndIsTheSameBytes() {
        for (int i = 0; i < 4; i++) {
            manifest.append(first, 3 + i);
            manifest.append(second, 2);
        }
        byte[] before = bytes(first);

        pass(Duration.ofSeconds(5));

        assertThat(partition(first).runCount()).isEqualTo(1);
        assertThat(partition(second).runCount()).isEqualTo(1);
        assertThat(partition(first).run(0).tier()).isEqualTo(Tier.LOG);
        assertThat(partition(first).nextOffset()).isEqualTo(3 + 4 + 5 + 6);
        assertThat(bytes(first)).isEqualTo(before);
        assertThat(indexer.statistics().merge().segments()).isEqualTo(1);
        assertThat(indexer.statistics().merge().runs()).isEqualTo(2);
    }

    @Test
    void aMergedSegmentIsAGoodSegment() {
        flush(4);
        pass(Duration.ofSeconds(5));

        Run run = partition(first).run(0);
        SegmentIndex index = SegmentIndex.verify(bucket.read(run.key(), 1 << 20)
                .result().orElseThrow());

        assertThat(index.runs()).hasSize(1);
        assertThat(index.runs().getFirst().offsets()).isEqualTo(run.offsets());
        assertThat(index.runs().getFirst().batches()).isEqualTo(4);
        assertThat(index.runs().getFirst().timestamps().maxMillis())
                .isEqualTo(run.maxTimestampMillis());
    }

    @Test
    void aLittleThatWasFlushedIsMergedAfterAWhile() {
        flush(1);

        pass(Duration.ofMinutes(4));
        assertThat(partition(first).run(0).tier()).isEqualTo(Tier.WAL);

        pass(Duration.ofMinutes(2));
        assertThat(partition(first).run(0).tier()).isEqualTo(Tier.LOG);
    }

    @Test
    void whileTheBucketDoesNotAnswerNothingChangesAndAfterwardsItIsDone() {
        flush(4);
        store.policy(request -> new Fault.Refused());
        pass(Duration.ofMinutes(1));
        assertThat(partition(first).runCount()).isEqualTo(4);
        assertThat(indexer.statistics().failures()).isPositive();

        store.policy(request -> new Fault.Pass());
        pass(Duration.ofSeconds(5));

        assertThat(partition(first).runCount()).isEqualTo(1);
    }

    @Test
    void aJobThatFailsDoesNotHoldUpTheOthers() {
        for (String name : List.of("early", "late")) {
            manifest.createTopic(name, 1);
        }
        for (PartitionId failing : onlyPartitions()) {
            loop.advance(Duration.ofSeconds(5));
            onlyPartitions().forEach(partition -> flush(4, partition));
            ObjectKey unreadable = partition(failing).run(partition(failing).runCount() - 1).key();
            store.policy(FaultPolicy.when(request -> request.operation() == Operation.GET
                    && request.name().equals(unreadable.value()), new Fault.Refused()));

            pass(Duration.ofSeconds(5));

            assertThat(onlyPartitions()).filteredOn(this::isMerged)
                    .containsExactlyInAnyOrderElementsOf(onlyPartitions().stream()
                            .filter(partition -> !partition.equals(failing)).toList());
            store.policy(FaultPolicy.none());
        }
        assertThat(indexer.statistics().failures()).isPositive();
    }

    @Test
    void nothingTakesThePlaceOfRunsBeforeItIsInTheBucket() {
        flush(4);
        store.policy(FaultPolicy.when(request -> request.operation() == Operation.PUT
                && request.name().startsWith(BucketLayout.SEGMENT_PREFIX), new Fault.Refused()));

        pass(Duration.ofMinutes(1));

        assertThat(partition(first).runs()).extracting(Run::tier).containsOnly(Tier.WAL);
        assertThat(indexer.statistics().failures()).isPositive();
    }

    @Test
    void aRunThatIsDamagedStaysAndTheOthersAreMerged() {
        for (int i = 0; i < 4; i++) {
            manifest.append(second, 2);
        }
        flush(1);
        damage(partition(first).run(0));
        flush(3);

        pass(Duration.ofMinutes(6));

        assertThat(partition(second).runCount()).isEqualTo(1);
        assertThat(partition(first).runs()).extracting(run -> run.tier())
                .containsExactly(Tier.WAL, Tier.LOG);
        assertThat(indexer.statistics().stuck().damaged()).isEqualTo(1);
    }

    @Test
    void aSegmentIsDeletedWhenNobodyCanBeReadingItAnyMore() {
        flush(4);
        pass(Duration.ofSeconds(5));
        assertThat(segments()).isEqualTo(1);

        manifest.commit(new DeleteTopic(new TopicName("orders")));
        pass(GRACE.minusSeconds(5));
        assertThat(segments()).isEqualTo(1);

        pass(Duration.ofSeconds(10));
        assertThat(segments()).isZero();
        assertThat(manifest.state().references().garbageCount()).isZero();
        assertThat(indexer.statistics().collected().objects()).isEqualTo(1);
    }

    @Test
    void aDeleteIsBelievedOnlyWhenItIsSeen() {
        flush(4);
        pass(Duration.ofSeconds(5));
        manifest.commit(new DeleteTopic(new TopicName("orders")));
        store.policy(lying());

        pass(GRACE.multipliedBy(2));
        assertThat(segments()).isEqualTo(1);
        assertThat(manifest.state().references().garbageCount()).isEqualTo(1);

        store.policy(request -> new Fault.Pass());
        pass(Duration.ofSeconds(5));
        assertThat(segments()).isZero();
        assertThat(manifest.state().references().garbageCount()).isZero();
    }

    @Test
    void whatIsTooMuchGoesAndItsObjectsFollow() {
        flush(4);
        pass(Duration.ofSeconds(5));
        flush(1);
        bytesMax = OptionalLong.of(1);

        pass(Duration.ofMinutes(1));
        assertThat(partition(first).startOffset()).isEqualTo(4 * 3);
        assertThat(partition(first).nextOffset()).isEqualTo(5 * 3);
        assertThat(indexer.statistics().expired()).isEqualTo(1);

        pass(GRACE.plusSeconds(5));
        assertThat(manifest.state().references().garbageCount()).isZero();
    }

    @Test
    void whatTheManifestNeverKnewGoes() {
        upload();

        pass(Duration.ofMinutes(80));

        assertThat(segments()).isZero();
        assertThat(indexer.statistics().collected().orphans()).isEqualTo(1);
    }

    @Test
    void whatAStartDoesNotNeedAnyMoreGoesFromTheManifest() {
        for (int i = 0; i < 4; i++) {
            manifest.createTopic("topic-" + i, 1);
            loop.await(manifest.checkpoints().write(manifest.state()));
        }
        loop.await(bucket.put(BucketLayout.checkpoint(1), Bytes.wrap(new byte[50])));
        long lastButOne = manifest.state().sequence() - 1;

        pass(Duration.ofMinutes(80));

        assertThat(keys(BucketLayout.LOG_PREFIX))
                .containsExactly(BucketLayout.logEntry(lastButOne + 1));
        assertThat(keys(BucketLayout.CHECKPOINT_PREFIX)).hasSize(2);
        assertThat(indexer.statistics().collected().entries()).isEqualTo(lastButOne);
        assertThat(indexer.statistics().collected().checkpoints()).isEqualTo(1);
    }

    @Test
    void whereOneKindCannotBeDeletedTheOthersGo() {
        upload();
        loop.await(bucket.put(new ObjectKey("manifest/checkpoint/read-me.txt"), Bytes.of()));

        pass(Duration.ofMinutes(80));

        assertThat(segments()).isZero();
        assertThat(indexer.statistics().failures()).isPositive();
    }

    @Test
    void oneThatWasTakenOverDeletesNothing() {
        flush(4);
        pass(Duration.ofSeconds(5));
        manifest.commit(new DeleteTopic(new TopicName("orders")));
        ManifestFixture.elected(bucket, loop, 2);
        manifest.catchUp();

        pass(GRACE.multipliedBy(2));

        assertThat(segments()).isEqualTo(1);
    }

    /** A segment that nobody commits. */
    private UUID upload() {
        UUID id = manifest.ids().get();
        loop.await(bucket.put(BucketLayout.segment(id), Bytes.wrap(new byte[50])));
        return id;
    }

    /** The partitions of topics that have one, which are kept differently from all others. */
    private List<PartitionId> onlyPartitions() {
        List<PartitionId> only = new ArrayList<>();
        for (TopicState topic : manifest.state().topics()) {
            if (topic.partitionCount() == 1) {
                only.add(new PartitionId(topic.id(), 0));
            }
        }
        return only;
    }

    private boolean isMerged(PartitionId partition) {
        return partition(partition).run(partition(partition).runCount() - 1).tier() == Tier.LOG;
    }

    private Retention retention(ManifestState state, TopicState topic) {
        return topic.partitionCount() == 1
                ? new Retention(OptionalLong.empty(),
                        OptionalLong.of(1_000_000 + topic.name().value().length()))
                : new Retention(OptionalLong.empty(), bytesMax);
    }

    private static FaultPolicy lying() {
        return request -> request.operation() == Operation.DELETE
                ? new Fault.Ignored()
                : new Fault.Pass();
    }

    private void flush(int times) {
        flush(times, first);
    }

    private void flush(int times, PartitionId partition) {
        for (int i = 0; i < times; i++) {
            manifest.append(partition, 3);
        }
    }

    /** Changes a byte in the middle of the run's bytes. */
    private void damage(Run run) {
        ByteBuffer object = bucket.read(run.key(), 1 << 20).result().orElseThrow();
        int at = (int) run.segment().range(run.position(), run.length()).position()
                + run.length() / 2;
        object.put(at, (byte) (object.get(at) ^ 1));
        loop.await(bucket.put(run.key(), Bytes.of(object)));
    }

    private byte[] bytes(PartitionId id) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Run run : partition(id).runs()) {
            ByteBuffer bytes = bucket.get(run.key(),
                    run.segment().range(run.position(), run.length())).result();
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            all.writeBytes(copy);
        }
        return all.toByteArray();
    }

    private PartitionState partition(PartitionId id) {
        return manifest.state().partition(id).orElseThrow();
    }

    private int segments() {
        return keys(BucketLayout.SEGMENT_PREFIX).size();
    }

    private List<ObjectKey> keys(String prefix) {
        return bucket.list(Listing.of(prefix)).result().objects().stream()
                .map(ObjectPage.Entry::key).toList();
    }

    private void pass(Duration time) {
        loop.advance(time);
    }
}
