package io.cordwood.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.state.Nodes;
import io.cordwood.runtime.FencedException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is known to all as a node that serves. */
class MembershipTest {

    private final Town town = new Town(1);
    private final Resident first = town.started("a:1");
    private final Resident second = town.started("b:1");
    private final Resident third = town.started("c:1");

    @BeforeEach
    void joinAll() {
        first.join("a");
        second.join("b");
        third.join("c");
    }

    @Test
    void whoJoinsIsKnownToAll() {
        town.pass(Duration.ofMillis(100));

        assertThat(List.of(first, second, third))
                .allSatisfy(resident -> assertThat(serving(resident)).containsExactly("a", "b",
                        "c"));
    }

    @Test
    void whoDoesNothingStaysANode() {
        town.pass(Duration.ofMinutes(10));

        assertThat(serving(first)).containsExactly("a", "b", "c");
        assertThat(town.truth().sequence()).as("nobody had to say that it is still there")
                .isEqualTo(4);
    }

    @Test
    void whoIsSilentIsTakenForGoneAndComesBackWithItsNumber() {
        second.loop.sleep();
        town.pass(Duration.ofSeconds(5));
        assertThat(serving(first)).containsExactly("a", "c");

        second.loop.wake();
        town.pass(Duration.ofSeconds(10));

        assertThat(serving(first)).containsExactly("a", "b", "c");
        assertThat(first.follower.state().nodes().serving().get(1).number()).isEqualTo(2);
    }

    @Test
    void whoIsKilledIsTakenForGoneWithinSeconds() {
        third.kill();
        town.pass(Duration.ofSeconds(3));

        assertThat(serving(first)).containsExactly("a", "b");
    }

    @Test
    void whoTakesThePlaceOfASilentCommitterSaysThatItIsGone() {
        first.loop.sleep();
        town.pass(Duration.ofSeconds(5));

        assertThat(serving(second)).containsExactly("b", "c");

        first.loop.wake();
        town.pass(Duration.ofSeconds(10));
        assertThat(serving(second)).containsExactly("a", "b", "c");
        assertThat(first.cluster.isCommitter()).isFalse();
    }

    @Test
    void aCommitterThatSleptTakesNobodyForGone() {
        town.alive().forEach(resident -> resident.loop.sleep());
        town.pass(Duration.ofSeconds(60));
        first.loop.wake();
        town.pass(Duration.ofMillis(700));
        second.loop.wake();
        third.loop.wake();
        town.pass(Duration.ofSeconds(10));

        assertThat(serving(first)).containsExactly("a", "b", "c");
        assertThat(town.truth().nodes().serving()).hasSize(3);
    }

    @Test
    void whoLeavesIsNoNodeAnyMore() {
        second.leave();
        town.pass(Duration.ofMinutes(1));

        assertThat(serving(first)).containsExactly("a", "c");
    }

    @Test
    void aCommitterThatLeavesIsSucceededAtOnce() {
        first.leave();
        town.pass(Duration.ofSeconds(1));

        assertThat(serving(second)).containsExactly("b", "c");
        assertThat(second.cluster.isCommitter()).as("who came next goes first").isTrue();
    }

    @Test
    void aCommitterThatHasLeftIsNotWaitedFor() {
        first.leave();
        second.kill();
        third.kill();
        first.kill();

        Resident fourth = town.start("d:1");
        town.pass(Duration.ofSeconds(1));

        assertThat(fourth.cluster.isCommitter()).isTrue();
    }

    @Test
    void anotherProcessOfThatNameTakesItsPlace() {
        Resident fourth = town.started("d:1");

        assertThat(fourth.join("b")).isEqualTo(2);
        town.pass(Duration.ofSeconds(1));

        assertThat(second.membership.replaced().result()).isInstanceOf(FencedException.class)
                .hasMessageContaining("another process serves as node b");
        assertThat(serving(first)).containsExactly("a", "b", "c");
        assertThat(fourth.membership.replaced().isComplete()).isFalse();
    }

    private static List<String> serving(Resident resident) {
        return resident.follower.state().nodes().serving().stream().map(Nodes.Node::name).toList();
    }
}
