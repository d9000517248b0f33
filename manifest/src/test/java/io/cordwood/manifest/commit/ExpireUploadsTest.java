package io.cordwood.manifest.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.ManifestEvent.UploadsExpired;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.WalState;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.layout.ObjectId;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentForge;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which objects may still become part of the log. */
class ExpireUploadsTest {

    private static final PartitionId PARTITION = new PartitionId(new UUID(1, 1), 0);
    private static final UUID WAL = new UUID(5, 5);
    private static final ByteRange INDEX = new ByteRange(900, 90);

    private final EntryChain chain = EntryChain.elected();
    private final UUID young = ObjectId.of(9, new UUID(6, 6));
    private final UUID old = ObjectId.of(8, new UUID(6, 6));

    ExpireUploadsTest() {
        chain.append(new TopicCreated(PARTITION.topic(), new TopicName("orders"), 1));
        chain.append(new SegmentCommitted(WAL, 1, new SegmentPlace.Stored(old, INDEX),
                List.of(CommittedRun.of(PARTITION, 0, 100, 9, 99))));
    }

    @Test
    void aSegmentThatWasGivenUpIsNotCommitted() {
        chain.append(new UploadsExpired(9));

        assertThat(refusal(commit(old))).isInstanceOf(MissingObjectException.class)
                .hasMessageContaining("too long ago");
        assertThat(commit(young)).isInstanceOf(Decision.Accepted.class);
    }

    @Test
    void whatIsMadeOfRunsAndWasGivenUpTakesNoPlace() {
        chain.append(new UploadsExpired(9));

        assertThat(refusal(merge(old))).isInstanceOf(RejectedException.class);
        assertThat(merge(young)).isInstanceOf(Decision.Accepted.class);
        assertThat(refusal(convert(old))).isInstanceOf(RejectedException.class);
        assertThat(convert(young)).isInstanceOf(Decision.Accepted.class);
    }

    @Test
    void anObjectThatHasRunsStaysHoweverOldItIs() {
        chain.append(new UploadsExpired(9));

        assertThat(state().partition(PARTITION).orElseThrow().nextOffset()).isEqualTo(9);
    }

    @Test
    void whatWasGivenUpStaysSo() {
        chain.append(new UploadsExpired(9));

        assertThat(new ExpireUploads(8).decide(state(), 0))
                .isEqualTo(new Decision.Settled<>(9L));
        assertThatThrownBy(() -> chain.append(new UploadsExpired(8)))
                .hasMessageContaining("what may not join never may again");
    }

    @Test
    void anEntryMayFollowThatGivesNothingMoreUp() {
        assertThat(new ExpireUploads(0).decide(state(), 0)).isInstanceOfSatisfying(
                Decision.Accepted.class,
                accepted -> assertThat(accepted.event()).isEqualTo(new UploadsExpired(0)));
    }

    @Test
    void whatIsYetToComeIsNotGivenUp() {
        long next = state().sequence() + 1;

        assertThat(new ExpireUploads(next).decide(state(), 0))
                .isInstanceOf(Decision.Accepted.class);
        assertThat(refusal(new ExpireUploads(next + 1).decide(state(), 0)))
                .isInstanceOf(RejectedException.class).hasMessageContaining("not there yet");
    }

    /** As a committer would have it that does not know the rule. */
    @Test
    void noStateTakesInWhatWasGivenUp() {
        chain.append(new UploadsExpired(9));
        ManifestEvent late = new SegmentCommitted(WAL, 2, new SegmentPlace.Stored(old, INDEX),
                List.of(CommittedRun.of(PARTITION, 0, 100, 9, 99)));

        assertThatThrownBy(() -> chain.append(late))
                .hasMessageContaining("what was given up joins no more");
    }

    private Decision<?> commit(UUID id) {
        Segment segment = SegmentForge.segment(id, List.of(PARTITION), 3);
        return new CommitSegment(WAL, WalState.NOBODY, 2, Cargo.Uploaded.of(segment))
                .decide(state(), 0);
    }

    private Decision<?> merge(UUID id) {
        return new MergeRuns(new SegmentPlace.Stored(id, INDEX), List.of(replacement(500)))
                .decide(state(), 0);
    }

    private Decision<?> convert(UUID id) {
        return new ConvertRuns(new HistoryPlace(PARTITION.topic(), id, INDEX, 1, 9, 99),
                replacement((int) INDEX.end())).decide(state(), 0);
    }

    private Replacement replacement(int length) {
        List<Run> sources = state().partition(PARTITION).orElseThrow().runsBetween(0, 1);
        return new Replacement(CommittedRun.of(PARTITION, 0, length, 9, 99), sources);
    }

    private static LogException refusal(Decision<?> decision) {
        return ((Decision.Refused<?>) decision).reason();
    }

    private ManifestState state() {
        return chain.state();
    }
}
