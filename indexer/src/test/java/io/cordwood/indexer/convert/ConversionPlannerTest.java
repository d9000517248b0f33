package io.cordwood.indexer.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.indexer.merge.MergeSettings;
import io.cordwood.indexer.retention.Retention;
import io.cordwood.indexer.retention.RetentionRules;
import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.manifest.event.ManifestEvent.RunsConverted;
import io.cordwood.manifest.event.ManifestEvent.RunsMerged;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.ManifestEvent.TransactionalIdInitialized;
import io.cordwood.manifest.event.MergedRun;
import io.cordwood.manifest.event.ProducedBatch;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.Tier;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConversionPlannerTest {

    private static final PartitionId ORDERS = new PartitionId(new UUID(1, 1), 0);
    private static final ByteRange INDEX = new ByteRange(500, 50);
    private static final MergeSettings SETTINGS = new MergeSettings(4, 4, 1 << 20, 1 << 20);
    private static final long AGE_MILLIS = 100;

    private final EntryChain chain = EntryChain.elected();
    private long segments;
    private long files;
    private long convertedBytes;

    ConversionPlannerTest() {
        chain.append(new TopicCreated(ORDERS.topic(), new TopicName("orders"), 1));
    }

    @Test
    void whatWasMergedAndIsOldBecomesOneFile() {
        merged(100, 10);
        merged(100, 20);
        merged(100, 120);
        flushed(10);

        List<Conversion> conversions = planner(Set.of()).plan(chain.state(), 170);

        assertThat(conversions).hasSize(1);
        assertThat(conversions.getFirst().topic()).isEqualTo("orders");
        assertThat(conversions.getFirst().merge().sources()).isEqualTo(runs().subList(0, 2));
        assertThat(conversions.getFirst().endOffset()).isEqualTo(20);
    }

    @Test
    void aLittleThatIsOldWaitsForMoreForHalfAsLongAgain() {
        merged(100, 10);

        assertThat(planner(Set.of()).plan(chain.state(), 10 + AGE_MILLIS + 1)).isEmpty();
        assertThat(planner(Set.of()).plan(chain.state(), 10 + AGE_MILLIS * 3 / 2)).isEmpty();
        assertThat(planner(Set.of()).plan(chain.state(), 10 + AGE_MILLIS * 3 / 2 + 1)).hasSize(1);
    }

    @Test
    void whatIsWorthAFileDoesNotWait() {
        merged(4 << 20, 10);

        assertThat(planner(Set.of()).plan(chain.state(), 10 + AGE_MILLIS)).isEmpty();
        assertThat(planner(Set.of()).plan(chain.state(), 10 + AGE_MILLIS + 1)).hasSize(1);
    }

    @Test
    void nothingOfATopicThatKeepsItsSegmentsBecomesHistory() {
        merged(100, 10);

        assertThat(new ConversionPlanner(SETTINGS, RetentionRules.FOREVER, HistoryRules.NONE,
                Set.of()).plan(chain.state(), Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void aFileIsNoLargerThanAJobMayBe() {
        for (int i = 0; i < 10; i++) {
            merged(SETTINGS.jobBytesMax() / 4, i);
        }

        assertThat(planner(Set.of()).plan(chain.state(), 1_000).getFirst().merge().sources())
                .hasSize(4);
    }

    @Test
    void whatATransactionMayStillAbortDoesNotBecomeHistory() {
        merged(100, 10);
        openTransaction(20);
        merged(100, 30);

        List<Conversion> conversions = planner(Set.of()).plan(chain.state(), 1_000);

        assertThat(conversions.getFirst().merge().sources()).isEqualTo(runs().subList(0, 1));
    }

    @Test
    void whatCannotBeConvertedStaysAndBlocksNothing() {
        merged(100, 10);
        merged(100, 20);
        merged(100, 30);
        ConversionPlanner planner = planner(Set.of(runs().get(1)));

        convert(planner.plan(chain.state(), 1_000));
        convert(planner.plan(chain.state(), 1_000));

        assertThat(planner.plan(chain.state(), 1_000)).isEmpty();
        assertThat(runs()).extracting(Run::tier)
                .containsExactly(Tier.HISTORY, Tier.LOG, Tier.HISTORY);
    }

    @Test
    void filesGrowSoThatThereAreFewOfThem() {
        int most = 0;
        for (int i = 1; i <= 2_000; i++) {
            merged(100, i);
            List<Conversion> conversions = planner(Set.of()).plan(chain.state(), i + AGE_MILLIS);
            while (!conversions.isEmpty()) {
                convert(conversions);
                conversions = planner(Set.of()).plan(chain.state(), i + AGE_MILLIS);
            }
            most = Math.max(most, (int) runs().stream()
                    .filter(run -> run.tier() == Tier.HISTORY).count());
        }

        assertThat(most).isLessThan(25);
        assertThat(convertedBytes).isLessThan(100 * 2_000 * 8);
    }

    @Test
    void aFileDoesNotSpanSoMuchTimeThatItKeepsItsOldestRecordsForTooLong() {
        RetentionRules rules = (state, topic) -> new Retention(OptionalLong.of(800),
                OptionalLong.empty());
        ConversionPlanner planner = new ConversionPlanner(SETTINGS, rules,
                (state, topic) -> OptionalLong.of(AGE_MILLIS), Set.of());
        for (int i = 1; i <= 40; i++) {
            merged(100, 10L * i);
        }

        for (int i = 0; i < 40; i++) {
            convert(planner.plan(chain.state(), 1_000));
        }

        assertThat(runs()).allMatch(run -> run.offsets() <= 110);
    }

    private static ConversionPlanner planner(Set<Run> stuck) {
        return new ConversionPlanner(SETTINGS, RetentionRules.FOREVER,
                (state, topic) -> OptionalLong.of(AGE_MILLIS), stuck);
    }

    private void merged(int length, long maxTimestampMillis) {
        flushed(maxTimestampMillis);
        Run last = runs().getLast();
        chain.append(new RunsMerged(new SegmentPlace.Stored(new UUID(9, segments), INDEX),
                List.of(new MergedRun(last.baseOffset(), CommittedRun.of(ORDERS, 32, length,
                        last.offsets(), maxTimestampMillis)))));
    }

    private void flushed(long maxTimestampMillis) {
        commit(maxTimestampMillis, List.of());
    }

    private void commit(long maxTimestampMillis, List<ProducedBatch> batches) {
        segments++;
        chain.append(new SegmentCommitted(new UUID(2, 2), segments,
                new SegmentPlace.Stored(new UUID(3, segments), INDEX),
                List.of(new CommittedRun(ORDERS, 32, 100, 10, maxTimestampMillis, batches))));
    }

    private void openTransaction(long maxTimestampMillis) {
        ProducerIdentity producer = new ProducerIdentity(7, (short) 0);
        chain.append(new TransactionalIdInitialized(new TransactionalId("shop"), producer, 60_000,
                Optional.empty()));
        commit(maxTimestampMillis, List.of(new ProducedBatch(new ProducerSequence(7, (short) 0, 0,
                ProducerSequence.Membership.JOINS), 0, 10)));
        Run last = runs().getLast();
        chain.append(new RunsMerged(new SegmentPlace.Stored(new UUID(9, segments), INDEX),
                List.of(new MergedRun(last.baseOffset(), CommittedRun.of(ORDERS, 32, 100,
                        last.offsets(), maxTimestampMillis)))));
    }

    /** As a converter would, into files that are as long as their sources. */
    private void convert(List<Conversion> conversions) {
        for (Conversion conversion : conversions) {
            int length = Math.max(2, conversion.merge().length());
            convertedBytes += length;
            chain.append(new RunsConverted(
                    new HistoryPlace(ORDERS.topic(), new UUID(8, ++files),
                            new ByteRange(length - 1L, 1), 1, 1, 0),
                    new MergedRun(conversion.baseOffset(), CommittedRun.of(ORDERS, 0, length,
                            conversion.merge().offsets(),
                            conversion.merge().maxTimestampMillis()))));
        }
    }

    private List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        chain.state().partition(ORDERS).orElseThrow().runs().forEach(runs::add);
        return runs;
    }
}
