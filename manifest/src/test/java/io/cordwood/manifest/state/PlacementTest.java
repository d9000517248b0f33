package io.cordwood.manifest.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final UUID TOPIC = new UUID(7, 7);

    @Test
    void partitionsAreSpreadEvenly() {
        for (int nodes = 1; nodes <= 7; nodes++) {
            for (int partitions : List.of(1, 3, 6, 100)) {
                int[] placed = Placement.of(TOPIC, partitions, numbers(nodes));

                int share = Math.ceilDiv(partitions, nodes);
                assertThat(IntStream.rangeClosed(1, nodes)
                        .mapToLong(node -> count(placed, node)))
                        .as("%d over %d", partitions, nodes)
                        .allMatch(count -> count <= share);
            }
        }
    }

    @Test
    void everybodyComesToTheSame() {
        assertThat(Placement.of(TOPIC, 20, numbers(3)))
                .isEqualTo(Placement.of(new UUID(7, 7), 20, numbers(3)));
        assertThat(Placement.of("orders", numbers(3))).isEqualTo(
                Placement.of("orders", numbers(3)));
    }

    @Test
    void fewPartitionsMoveWhenANodeGoesOrComes() {
        int[] five = Placement.of(TOPIC, 1_000, numbers(5));
        int[] four = Placement.of(TOPIC, 1_000, numbers(4));

        long moved = IntStream.range(0, 1_000).filter(i -> five[i] != four[i]).count();

        assertThat(count(five, 5)).isEqualTo(200);
        assertThat(moved).as("those of the one that is gone, and a few").isBetween(200L, 300L);
    }

    @Test
    void theLastPartitionsOfTopicsAreNotAllOfOneNode() {
        List<Integer> nodes = new ArrayList<>();
        for (int topic = 0; topic < 30; topic++) {
            nodes.add(Placement.of(new UUID(topic, 1), 1, numbers(3))[0]);
        }

        assertThat(nodes).contains(1, 2, 3);
    }

    @Test
    void namesAreSpread() {
        assertThat(IntStream.range(0, 50).map(i -> Placement.of("id-" + i, numbers(3))).boxed())
                .contains(1, 2, 3);
    }

    private static List<Integer> numbers(int nodes) {
        return IntStream.rangeClosed(1, nodes).boxed().toList();
    }

    private static long count(int[] placed, int node) {
        return Arrays.stream(placed).filter(there -> there == node).count();
    }
}
