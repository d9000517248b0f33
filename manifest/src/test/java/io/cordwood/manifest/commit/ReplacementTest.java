package io.cordwood.manifest.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.manifest.event.ManifestEvent.RecordsDeleted;
import io.cordwood.manifest.event.ManifestEvent.RunsConverted;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.ManifestEvent.TopicDeleted;
import io.cordwood.manifest.event.MergedRun;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Run;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When runs may take the place of those that they were made of. */
class ReplacementTest {

    private static final PartitionId ORDERS = new PartitionId(new UUID(1, 1), 0);
    private static final ByteRange TAIL = new ByteRange(90, 10);
    private static final HistoryPlace FILE = new HistoryPlace(ORDERS.topic(), new UUID(8, 8),
            TAIL, 1, 20, 0);

    private final EntryChain chain = EntryChain.elected();

    ReplacementTest() {
        chain.append(new TopicCreated(ORDERS.topic(), new TopicName("orders"), 1));
        for (int number = 1; number <= 3; number++) {
            chain.append(new SegmentCommitted(new UUID(2, 2), number,
                    new SegmentPlace.Stored(new UUID(3, number), TAIL),
                    List.of(CommittedRun.of(ORDERS, 32, 100, 10, number))));
        }
    }

    @Test
    void aFileTakesThePlaceOfItsSources() {
        ConvertRuns convert = convert(sources(0, 2));

        Decision<Integer> decision = convert.decide(chain.state(), 0);

        assertThat(decision).isEqualTo(new Decision.Accepted<>(new RunsConverted(FILE,
                new MergedRun(0, CommittedRun.of(ORDERS, 0, 100, 20, 2))), List.of(), 2));
        assertThat(convert.entrySizeMax(chain.state())).isPositive();
    }

    @Test
    void nothingTakesThePlaceOfWhatIsNotThereAnyMore() {
        ConvertRuns convert = convert(sources(0, 2));

        chain.append(new RecordsDeleted(ORDERS, 10));

        assertRefused(convert, chain.state());
    }

    @Test
    void nothingTakesThePlaceOfWhatWasReplacedByOthers() {
        ConvertRuns first = convert(sources(0, 2));
        ConvertRuns second = convert(sources(0, 2));
        if (first.decide(chain.state(), 0) instanceof Decision.Accepted<Integer> accepted) {
            chain.append(accepted.event());
        }

        assertRefused(second, chain.state());
    }

    @Test
    void nothingTakesThePlaceOfATopicThatIsGone() {
        ConvertRuns convert = convert(sources(0, 2));

        chain.append(new TopicDeleted(ORDERS.topic()));

        assertRefused(convert, chain.state());
    }

    @Test
    void aRunHasTheOffsetsOfItsSources() {
        assertThatThrownBy(() -> new Replacement(CommittedRun.of(ORDERS, 0, 100, 19, 2),
                sources(0, 2))).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(ConvertRuns convert, ManifestState state) {
        assertThat(convert.decide(state, 0)).isInstanceOf(Decision.Refused.class);
    }

    private List<Run> sources(int from, int end) {
        return chain.state().partition(ORDERS).orElseThrow().runsBetween(from, end);
    }

    private static ConvertRuns convert(List<Run> sources) {
        return new ConvertRuns(FILE,
                new Replacement(CommittedRun.of(ORDERS, 0, 100, 20, 2), sources));
    }
}
