package io.cordwood.manifest.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.ManifestEvent.NodeJoined;
import io.cordwood.manifest.event.ManifestEvent.NodeLeft;
import io.cordwood.manifest.event.NodeForge;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who serves, and under which number. */
class NodesTest {

    private final EntryChain chain = EntryChain.elected();

    @Test
    void nodesAreNumberedInTheOrderInWhichTheyCome() {
        join("b", 1);
        join("a", 2);

        assertThat(serving()).containsExactly("1 b", "2 a");
    }

    @Test
    void aNodeThatComesBackHasItsNumberAgain() {
        join("a", 1);
        join("b", 2);
        leave(1);
        join("c", 3);
        join("a", 4);

        assertThat(serving()).containsExactly("1 a", "2 b", "3 c");
    }

    @Test
    void whoLeavesServesNoMore() {
        join("a", 1);
        join("b", 2);
        leave(1);

        assertThat(serving()).containsExactly("2 b");
        assertThat(nodes().serving(1)).isEmpty();
        assertThat(nodes().ofProcess(new UUID(0, 1))).isEmpty();
    }

    @Test
    void aSecondProcessOfThatNameTakesTheFirstOnesPlace() {
        join("a", 1);
        join("a", 2);
        leave(1);

        assertThat(serving()).containsExactly("1 a");
        assertThat(nodes().ofProcess(new UUID(0, 2))).isPresent();
    }

    @Test
    void ofTooManyThatAreGoneTheOneThatCameFirstIsForgotten() {
        for (int i = 0; i <= Nodes.ABSENT_MAX + 1; i++) {
            join("node-" + i, i);
        }
        for (int i = 1; i <= Nodes.ABSENT_MAX + 1; i++) {
            leave(i);
        }

        assertThat(nodes().all()).hasSize(Nodes.ABSENT_MAX + 1);
        assertThat(nodes().named("node-0")).as("it serves").isPresent();
        assertThat(nodes().named("node-1")).isEmpty();
        assertThat(nodes().named("node-2")).isPresent();
        assertThat(nodes().numberOf("node-1")).as("the number of another is not given again")
                .isEqualTo(Nodes.ABSENT_MAX + 3);
    }

    private void join(String name, long process) {
        chain.append(new NodeJoined(NodeForge.node(name, new UUID(0, process))));
    }

    private void leave(long process) {
        chain.append(new NodeLeft(new UUID(0, process)));
    }

    private Nodes nodes() {
        return chain.state().nodes();
    }

    private List<String> serving() {
        return nodes().serving().stream().map(node -> node.number() + " " + node.name()).toList();
    }
}
