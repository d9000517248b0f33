package io.cordwood.store.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartitionIdTest {

    @Test
    void partitionsAreOrderedByTheBytesOfTheirTopicsIdThenByNumber() {
        Random random = new Random(1);

        Stream<PartitionId> sorted = Stream.generate(() -> new PartitionId(
                new UUID(random.nextInt(-1, 2), random.nextLong()), random.nextInt(100)))
                .limit(1_000).sorted();

        assertThat(sorted).isSortedAccordingTo(Comparator
                .comparing((PartitionId id) -> id.topic().toString())
                .thenComparingInt(PartitionId::partition));
    }

    @Test
    void thereIsNoNegativePartition() {
        assertThatThrownBy(() -> new PartitionId(new UUID(0, 0), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
