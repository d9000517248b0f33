package io.cordwood.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.indexer.collect.CollectSettings;
import io.cordwood.indexer.compact.CompactionRules;
import io.cordwood.indexer.compact.CompactionSettings;
import io.cordwood.indexer.merge.MergeSettings;
import io.cordwood.indexer.retention.RetentionRules;
import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Tier;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.SegmentBuilder;
import io.cordwood.store.segment.SegmentForge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What is flushed while something else takes long does not wait for all of that. */
class MergesFirstTest {

    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final int OLD_PARTITIONS = 5;
    private static final IndexerSettings SETTINGS = new IndexerSettings(Duration.ofSeconds(1),
            Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofSeconds(30),
            new CollectSettings(Duration.ofMinutes(10), Duration.ofMinutes(10),
                    Duration.ofMinutes(5), Duration.ofHours(1)),
            new MergeSettings(4, 4, 64 << 10, 1 << 20), CompactionSettings.STANDARD);

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final List<String> puts = new ArrayList<>();
    private final ManifestFixture manifest = ManifestFixture.elected(bucket, loop, 1);
    private final UUID old = manifest.createTopic("old", OLD_PARTITIONS);
    private final PartitionId live = new PartitionId(manifest.createTopic("live", 1), 0);

    MergesFirstTest() {
        ObjectStore slow = new LaggingObjectStore(new FailingObjectStore(bucket, this::noted),
                loop, operation -> Duration.ofMillis(500));
        new Indexer(new Indexer.Parts(manifest.follower(), manifest.committer(), loop, slow, slow,
                new DirectWorkers(), manifest.ids(), new IndexerRules(RetentionRules.FOREVER,
                        (state, topic) -> isOld(topic)
                                ? OptionalLong.of(0)
                                : OptionalLong.empty(),
                        CompactionRules.NONE),
                new AllDuties(manifest.committer()::isCommitter)),
                SETTINGS).start();
    }

    @Test
    void betweenTwoConversionsWhatWasFlushedMeanwhileIsMerged() {
        for (int i = 0; i < OLD_PARTITIONS; i++) {
            manifest.append(new PartitionId(old, i), 10);
        }
        passUntil(() -> count(BucketLayout.HISTORY_PREFIX) == 1);
        puts.clear();

        for (int i = 0; i < 4; i++) {
            manifest.append(live, 3);
        }
        passUntil(() -> count(BucketLayout.HISTORY_PREFIX) == OLD_PARTITIONS - 1);

        assertThat(partition(live).run(0).tier()).isEqualTo(Tier.LOG);
        assertThat(puts.subList(0, 3)).anyMatch(put -> put.startsWith(
                BucketLayout.SEGMENT_PREFIX));
    }

    @Test
    void inTheMiddleOfALongMergeWhatWasFlushedMeanwhileIsMerged() {
        PartitionId large = new PartitionId(manifest.createTopic("large", 1), 0);
        for (int i = 0; i < SETTINGS.merge().runsMin(); i++) {
            flushAsMuchAsAJob(large);
            passUntil(() -> partition(large).run(partition(large).runCount() - 1)
                    .tier() == Tier.LOG);
        }
        for (int i = 0; i < 4; i++) {
            manifest.append(live, 3);
        }

        passUntil(() -> partition(live).run(0).tier() == Tier.LOG);

        assertThat(partition(large).runCount()).isEqualTo(SETTINGS.merge().runsMin());
        passUntil(() -> partition(large).runCount() == 1);
    }

    private void flushAsMuchAsAJob(PartitionId partition) {
        SegmentBuilder builder = new SegmentBuilder(manifest.ids().get());
        while (builder.runBytes() < SETTINGS.merge().jobBytesMax()) {
            builder.add(partition, SegmentForge.batch(0, 100));
        }
        manifest.commit(manifest.inline(builder.build()));
    }

    private PartitionState partition(PartitionId id) {
        return manifest.state().partition(id).orElseThrow();
    }

    private Fault noted(FaultPolicy.Request request) {
        if (request.operation() == Operation.PUT) {
            puts.add(request.name());
        }
        return new Fault.Pass();
    }

    private long count(String prefix) {
        return puts.stream().filter(put -> put.startsWith(prefix)).count();
    }

    private static boolean isOld(TopicState topic) {
        return topic.name().value().equals("old");
    }

    private void passUntil(BooleanSupplier done) {
        for (int i = 0; i < 3_000 && !done.getAsBoolean(); i++) {
            loop.advance(MOMENT);
        }
        assertThat(done.getAsBoolean()).isTrue();
    }
}
