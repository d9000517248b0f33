package io.cordwood.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.indexer.collect.CollectSettings;
import io.cordwood.indexer.compact.CompactionRules;
import io.cordwood.indexer.compact.CompactionSettings;
import io.cordwood.indexer.convert.RunRecords;
import io.cordwood.indexer.merge.MergeSettings;
import io.cordwood.indexer.retention.RetentionRules;
import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.Tier;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RandomRecords;
import io.cordwood.store.batch.StoredRecord;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.SegmentBuilder;
import io.cordwood.store.segment.SegmentForge;
import io.cordwood.store.segment.SegmentIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Runs and files become far longer than what is held of them in memory. */
class LongRunTest {

    private static final int JOB_BYTES = 256 << 10;
    private static final int RUN_BYTES = 16 << 20;
    private static final int FLUSHES = 64;
    private static final IndexerSettings SETTINGS = new IndexerSettings(Duration.ofSeconds(1),
            Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofSeconds(1),
            new CollectSettings(Duration.ofMinutes(10), Duration.ofMinutes(10),
                    Duration.ofMinutes(5), Duration.ofHours(1)),
            new MergeSettings(4, 4, JOB_BYTES, RUN_BYTES), CompactionSettings.STANDARD);

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final CountingObjectStore store = CountingObjectStore.byKey(bucket);
    private final ManifestFixture manifest = ManifestFixture.elected(bucket, loop, 1);
    private final PartitionId orders = new PartitionId(manifest.createTopic("orders", 1), 0);
    private final RandomRecords random = new RandomRecords(new Random(1));
    private final List<LogRecord> written = new ArrayList<>();
    private OptionalLong historyAge = OptionalLong.empty();

    LongRunTest() {
        new Indexer(new Indexer.Parts(manifest.follower(), manifest.committer(), loop, store,
                store, new DirectWorkers(), manifest.ids(),
                new IndexerRules(RetentionRules.FOREVER, (state, topic) -> historyAge,
                        CompactionRules.NONE),
                new AllDuties(manifest.committer()::isCommitter)),
                SETTINGS).start();
    }

    @Test
    void aLongRunIsWrittenInWindowsAndHoldsWhatItWasMadeOf() {
        write();

        Run longest = longest();
        assertThat(runs()).hasSizeLessThan(12);
        assertThat(longest.length()).isGreaterThan(8 * JOB_BYTES);
        SegmentIndex index = SegmentIndex.verify(bucket.read(longest.key(), 2 * RUN_BYTES)
                .result().orElseThrow());
        assertThat(index.runs().getFirst().length()).isEqualTo(longest.length());
        assertThat(store.bytes(Operation.GET) / store.calls(Operation.GET))
                .isLessThan(JOB_BYTES);
        assertThat(records()).isEqualTo(written);
    }

    @Test
    void aLongRunBecomesHistoryInWindows() {
        write();
        Run longest = longest();
        long before = store.calls(Operation.GET, longest.key().value());
        historyAge = OptionalLong.of(0);

        loop.advance(Duration.ofMinutes(1));

        assertThat(store.calls(Operation.GET, longest.key().value()) - before)
                .isGreaterThanOrEqualTo(longest.length() / (4 << 20));
        assertThat(longest().tier()).isEqualTo(Tier.HISTORY);
        assertThat(longest().length()).isGreaterThan(8 * JOB_BYTES);
        assertThat(records()).isEqualTo(written);
    }

    /** Each flush is merged as it comes. */
    private void write() {
        for (int i = 0; i < FLUSHES; i++) {
            List<LogRecord> records = random.records(20, 100).stream()
                    .map(record -> new LogRecord(1_000, record.key(),
                            Optional.of(random.noise(5_000)), record.headers()))
                    .toList();
            SegmentBuilder builder = new SegmentBuilder(manifest.ids().get());
            builder.add(orders, SegmentForge.batch(records));
            manifest.commit(manifest.inline(builder.build()));
            written.addAll(records);
            loop.advance(Duration.ofSeconds(1));
        }
        loop.advance(Duration.ofSeconds(30));
    }

    private Run longest() {
        return runs().stream().max((one, other) -> Integer.compare(one.length(), other.length()))
                .orElseThrow();
    }

    private List<Run> runs() {
        PartitionState partition = manifest.state().partition(orders).orElseThrow();
        return partition.runsBetween(0, partition.runCount());
    }

    private List<LogRecord> records() {
        return new RunRecords(bucket).of(manifest.state().partition(orders).orElseThrow())
                .stream().map(StoredRecord::record).toList();
    }
}
