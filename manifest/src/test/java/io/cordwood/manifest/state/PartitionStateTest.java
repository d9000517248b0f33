package io.cordwood.manifest.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PartitionStateTest {

    private static final SegmentRef SEGMENT = SegmentRef.stored(new UUID(1, 1),
            new ByteRange(1, 1), Tier.WAL);
    private static final PartitionId PARTITION = new PartitionId(new UUID(2, 2), 0);

    @Test
    void anEmptyPartitionHasNoRunForAnyOffsetOrTime() {
        assertThat(PartitionState.EMPTY.indexOfOffset(0)).isZero();
        assertThat(PartitionState.EMPTY.indexOfTimestamp(0)).isZero();
        assertThat(PartitionState.EMPTY.runCount()).isZero();
    }

    @Test
    void bisectionFindsWhatAScanFinds() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            PartitionState partition = random(random);
            for (long offset = -2; offset <= partition.nextOffset() + 2; offset++) {
                long sought = offset;
                assertThat(partition.indexOfOffset(offset)).as("seed %d offset %d", seed, offset)
                        .isEqualTo(scan(partition, run -> run.endOffset() > sought));
            }
            for (long time = -2; time < 60; time++) {
                long sought = time;
                assertThat(partition.indexOfTimestamp(time)).as("seed %d time %d", seed, time)
                        .isEqualTo(scan(partition, run -> run.maxTimestampMillis() >= sought));
            }
        }
    }

    private static PartitionState random(Random random) {
        PartitionState partition = PartitionState.EMPTY;
        for (int i = random.nextInt(40); i > 0; i--) {
            partition = partition.append(SEGMENT, CommittedRun.of(PARTITION, 0, 1,
                    random.nextInt(1, 10), random.nextInt(-1, 50)), 0);
        }
        return partition;
    }

    private static int scan(PartitionState partition, Predicate<Run> condition) {
        int index = 0;
        while (index < partition.runCount() && !condition.test(partition.run(index))) {
            index++;
        }
        return index;
    }
}
