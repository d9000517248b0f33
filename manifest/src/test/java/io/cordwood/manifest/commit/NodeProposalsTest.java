package io.cordwood.manifest.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.ManifestEvent.NodeJoined;
import io.cordwood.manifest.event.ManifestEvent.NodeLeft;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.WalTaken;
import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.event.NodeForge;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.runtime.FencedException;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What nodes propose about themselves. */
class NodeProposalsTest {

    private static final UUID WAL = new UUID(5, 5);
    private static final UUID FIRST = new UUID(6, 1);
    private static final UUID SECOND = new UUID(6, 2);

    private final EntryChain chain = EntryChain.elected();

    @Test
    void whoTakesAWalIsToldHowFarItWasCommitted() {
        chain.append(new WalTaken(WAL, FIRST));
        chain.append(new SegmentCommitted(WAL, 1, new SegmentPlace.Nowhere(), List.of()));

        assertThat(take(SECOND).decide(chain.state(), 0)).isEqualTo(
                new Decision.Accepted<>(new WalTaken(WAL, SECOND), List.of(), OptionalLong.of(1)));
        assertThat(take(FIRST).decide(chain.state(), 0))
                .isEqualTo(new Decision.Settled<>(OptionalLong.of(1)));
    }

    @Test
    void whoHadTheWalBeforeCommitsNoMore() {
        chain.append(new WalTaken(WAL, FIRST));
        assertThat(commit(FIRST)).isInstanceOf(Decision.Accepted.class);

        chain.append(new WalTaken(WAL, SECOND));

        assertThat(commit(FIRST)).isInstanceOfSatisfying(Decision.Refused.class,
                refused -> assertThat(refused.reason()).isInstanceOf(FencedException.class)
                        .hasMessageContaining("another process has taken the local WAL"));
        assertThat(commit(SECOND)).isInstanceOf(Decision.Accepted.class);
    }

    @Test
    void whoJoinsIsToldItsNumber() {
        Member node = NodeForge.node("a", FIRST);

        assertThat(join(node).decide(chain.state(), 0)).isEqualTo(
                new Decision.Accepted<>(new NodeJoined(node), List.of(), OptionalInt.of(1)));

        chain.append(new NodeJoined(node));
        assertThat(join(node).decide(chain.state(), 0))
                .isEqualTo(new Decision.Settled<>(OptionalInt.of(1)));
        Member other = NodeForge.node("b", SECOND);
        assertThat(join(other).decide(chain.state(), 0)).isEqualTo(
                new Decision.Accepted<>(new NodeJoined(other), List.of(), OptionalInt.of(2)));
    }

    /** Of a process that died, a proposal may arrive after the next one of its name has come. */
    @Test
    void whatWasProposedBeforeAnotherOfTheNameCameChangesNothing() {
        JoinCluster late = join(NodeForge.node("a", FIRST));
        chain.append(new NodeJoined(NodeForge.node("a", SECOND)));

        assertThat(late.decide(chain.state(), 0))
                .isEqualTo(new Decision.Settled<>(OptionalInt.empty()));
        chain.append(new NodeLeft(SECOND));
        assertThat(late.decide(chain.state(), 0))
                .isEqualTo(new Decision.Settled<>(OptionalInt.empty()));
        assertThat(join(NodeForge.node("a", FIRST)).decide(chain.state(), 0))
                .as("who knows of the other").isInstanceOf(Decision.Accepted.class);
    }

    @Test
    void whatWasProposedBeforeAnotherTookTheWalChangesNothing() {
        TakeWal late = take(FIRST);
        chain.append(new WalTaken(WAL, SECOND));

        assertThat(late.decide(chain.state(), 0))
                .isEqualTo(new Decision.Settled<>(OptionalLong.empty()));
        assertThat(take(FIRST).decide(chain.state(), 0)).as("who knows of the other")
                .isInstanceOf(Decision.Accepted.class);
    }

    @Test
    void whoIsGoneAlreadyNeedNotLeave() {
        chain.append(new NodeJoined(NodeForge.node("a", FIRST)));

        assertThat(new LeaveCluster(FIRST).decide(chain.state(), 0)).isEqualTo(
                new Decision.Accepted<>(new NodeLeft(FIRST), List.of(), true));
        assertThat(new LeaveCluster(SECOND).decide(chain.state(), 0))
                .isEqualTo(new Decision.Settled<>(false));
    }

    private TakeWal take(UUID owner) {
        return new TakeWal(WAL, owner, chain.state().sequence());
    }

    private JoinCluster join(Member node) {
        return new JoinCluster(node, chain.state().sequence());
    }

    private Decision<List<RunOutcome>> commit(UUID owner) {
        return new CommitSegment(WAL, owner, 1, new Cargo.Nothing()).decide(chain.state(), 0);
    }
}
