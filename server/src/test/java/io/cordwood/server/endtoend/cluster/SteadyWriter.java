package io.cordwood.server.endtoend.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.server.endtoend.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Writes numbers into the partitions of a topic in turn, and knows which were acknowledged. */
final class SteadyWriter implements AutoCloseable {

    static final String TOPIC = "numbers";
    static final int PARTITIONS = 6;

    private static final int PAUSE_MILLIS = 5;

    private final KafkaProducer<String, String> producer;
    private final Worker worker;
    private final Queue<Throwable> refused = new ConcurrentLinkedQueue<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());
    private final AtomicLong pauseMaxNanos = new AtomicLong();
    private long sent;

    /** Begins, as a client with all defaults. */
    SteadyWriter(KafkaClients clients) {
        producer = clients.producer(Map.of());
        worker = new Worker("writer", this::write);
    }

    private void write() throws InterruptedException {
        producer.send(new ProducerRecord<>(TOPIC, (int) (sent % PARTITIONS), null,
                Long.toString(sent)), (metadata, failure) -> {
                    if (failure == null) {
                        acknowledge();
                    } else {
                        refused.add(failure);
                    }
                });
        sent++;
        Thread.sleep(PAUSE_MILLIS);
    }

    private void acknowledge() {
        acknowledged.incrementAndGet();
        long now = System.nanoTime();
        long pause = now - lastNanos.getAndSet(now);
        pauseMaxNanos.accumulateAndGet(pause, Math::max);
    }

    /** How many numbers were acknowledged so far. */
    long acknowledged() {
        worker.check();
        assertThat(refused).as("a client retries by itself").isEmpty();
        return acknowledged.get();
    }

    /** The longest time without an acknowledgement since this was last asked. */
    Duration longestPause() {
        acknowledge();
        acknowledged.decrementAndGet();
        return Duration.ofNanos(pauseMaxNanos.getAndSet(0));
    }

    /** Ends, and waits for all acknowledgements. */
    @Override
    public void close() {
        worker.close();
        producer.close();
        assertThat(refused).as("a client retries by itself").isEmpty();
        assertThat(acknowledged.get()).isEqualTo(sent);
    }

    /** All that was written is there once, in its order. */
    void verify(KafkaConsumer<String, String> consumer) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            long first = partition;
            List<String> expected = new ArrayList<>();
            for (long number = first; number < sent; number += PARTITIONS) {
                expected.add(Long.toString(number));
            }
            assertThat(values(consumer, new TopicPartition(TOPIC, partition)))
                    .as("partition %d", partition).isEqualTo(expected);
        }
    }

    /** All values of a partition, from its start to its end. */
    static List<String> values(KafkaConsumer<String, String> consumer, TopicPartition partition) {
        consumer.assign(List.of(partition));
        long end = KafkaClients.find(consumer.endOffsets(List.of(partition)), partition);
        consumer.seekToBeginning(List.of(partition));
        List<String> values = new ArrayList<>();
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                values.add(record.value());
            }
        }
        return values;
    }
}
