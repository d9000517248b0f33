package io.cordwood.server.endtoend.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.server.endtoend.KafkaClients;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads the numbers as a member of a group, and commits how far it is. Wherever it begins anew,
 * that is not before what it has committed, and nothing is left out.
 */
final class GroupReader implements AutoCloseable {

    private final KafkaConsumer<String, String> consumer;
    private final Worker worker;
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());
    private final AtomicLong pauseMaxNanos = new AtomicLong();

    /**
     * Begins.
     *
     * @param protocol of groups: classic or consumer, after which the group is called, too
     */
    GroupReader(KafkaClients clients, String protocol) {
        consumer = clients.consumer(Map.of("group.id", protocol, "group.protocol", protocol,
                "enable.auto.commit", false, "auto.offset.reset", "earliest"));
        consumer.subscribe(List.of(SteadyWriter.TOPIC), new Positions());
        worker = new Worker("reader " + protocol, this::poll);
    }

    private void poll() {
        ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(100));
        for (ConsumerRecord<String, String> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            assertThat(record.offset()).as("nothing is left out or read twice of %s", partition)
                    .isEqualTo(next.getOrDefault(partition, 0L));
            assertThat(record.value()).isEqualTo(Long.toString(
                    record.offset() * SteadyWriter.PARTITIONS + record.partition()));
            next.put(partition, record.offset() + 1);
        }
        if (!records.isEmpty()) {
            note(records.count());
            commit();
        }
    }

    private void note(int records) {
        read.addAndGet(records);
        long now = System.nanoTime();
        pauseMaxNanos.accumulateAndGet(now - lastNanos.getAndSet(now), Math::max);
    }

    private void commit() {
        Map<TopicPartition, Long> positions = new HashMap<>(next);
        try {
            consumer.commitSync(Duration.ofSeconds(10));
            committed.putAll(positions);
        } catch (TimeoutException | RetriableCommitFailedException later) {
            // The next commit says more.
        }
    }

    /** How many records it has read so far. */
    long count() {
        worker.check();
        return read.get();
    }

    /** The longest time without a record since this was last asked. */
    Duration longestPause() {
        note(0);
        return Duration.ofNanos(pauseMaxNanos.getAndSet(0));
    }

    @Override
    public void close() {
        worker.close();
        consumer.close();
    }

    /** Where it begins, when partitions are given to it. */
    private final class Positions implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            for (TopicPartition partition : assigned) {
                long position = consumer.position(partition);
                assertThat(position).as("a committed offset never goes back: %s", partition)
                        .isGreaterThanOrEqualTo(committed.getOrDefault(partition, 0L));
                next.put(partition, position);
            }
        }
    }
}
