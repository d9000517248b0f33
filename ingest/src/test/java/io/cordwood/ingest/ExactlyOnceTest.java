package io.cordwood.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.ingest.wal.Batches;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.RandomFaults;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crashes, faults and full disks by chance, from a seed that repeats them. */
class ExactlyOnceTest {

    private static final IngestSettings SETTINGS = new IngestSettings(Duration.ofMillis(250),
            400_000,
            2_000_000, 3, Duration.ofSeconds(5), Duration.ofSeconds(20));
    private static final List<Fault> FAULTS = List.of(new Fault.Refused(),
            new Fault.TimeOut(Fault.Landing.AT_ONCE), new Fault.TimeOut(Fault.Landing.NEVER),
            new Fault.ServerError(Fault.Landing.AT_ONCE), new Fault.Conflict());

    private final Bucket bucket = new Bucket();
    private final Map<String, Future<Appended>> answers = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whatIsAcknowledgedIsThereOnceAndInOrder(int seed) {
        Random chance = new Random(seed);
        Node node = restart(chance);
        calm();
        PartitionId partition = node.createTopic();

        for (int life = 0; life < 6; life++) {
            live(node, partition, chance);
            node.kill();
            bucket.disk.free();
            node = restart(chance);
        }
        calm();
        node.pass(120_000);

        assertThat(node.ingest.statistics().heldBytes()).isZero();
        assertThat(bucket.disk.numbers()).isEmpty();
        check(bucket.records(partition));
    }

    /** Recovery has to get through faults too; only the election is spared. */
    private Node restart(Random chance) {
        calm();
        Node node = bucket.node(bucket.life().with(SETTINGS));
        node.await(node.committer.elect());
        bucket.faults.policy(new RandomFaults(chance, 0.4, FAULTS));
        node.await(node.ingest.start());
        return node;
    }

    private void live(Node node, PartitionId partition, Random chance) {
        bucket.faults.policy(new RandomFaults(chance, chance.nextDouble() * 0.6, FAULTS));
        bucket.lag(chance.nextInt(300));
        int appends = chance.nextInt(60);
        for (int i = 0; i < appends; i++) {
            String value = "v" + answers.size();
            ValidBatch batch = chance.nextInt(4) == 0
                    ? Batches.large(value, chance.nextInt(400_000))
                    : Batches.of(value);
            answers.put(value, node.append(partition, batch));
            node.pass(chance.nextInt(4) == 0 ? chance.nextInt(1_000) : 0);
            if (chance.nextInt(10) == 0) {
                bucket.disk.fill();
            } else {
                bucket.disk.free();
            }
        }
        node.pass(chance.nextInt(3_000));
        if (chance.nextBoolean()) {
            calm();
        }
    }

    private void calm() {
        bucket.faults.policy(FaultPolicy.none());
        bucket.lag(10);
    }

    private void check(List<String> records) {
        Map<String, Long> offsets = new LinkedHashMap<>();
        for (String record : records) {
            String[] parts = record.split(" ", 2);
            assertThat(offsets.put(parts[1], Long.parseLong(parts[0]))).as("stored once").isNull();
        }
        List<Long> acknowledged = new ArrayList<>();
        answers.forEach((value, answer) -> {
            if (answer.succeeded()) {
                assertThat(offsets).containsEntry(value, answer.result().baseOffset());
                acknowledged.add(answer.result().baseOffset());
            } else if (answer.cause() instanceof UnavailableException) {
                assertThat(offsets).doesNotContainKey(value);
            }
        });
        assertThat(acknowledged).isSorted().isNotEmpty();
        assertThat(new ArrayList<>(offsets.keySet()))
                .isEqualTo(answers.keySet().stream().filter(offsets::containsKey).toList());
        assertThat(new HashSet<>(offsets.values())).hasSize(offsets.size());
    }
}
