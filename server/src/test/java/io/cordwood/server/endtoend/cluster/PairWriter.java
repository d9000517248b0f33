package io.cordwood.server.endtoend.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.server.endtoend.KafkaClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Writes each number into two partitions, and the same number as an offset of a group, in one
 * transaction. Some it aborts.
 */
final class PairWriter implements AutoCloseable {

    static final String TOPIC = "pairs";
    static final int PARTITIONS = 2;
    static final String GROUP = "pairs-group";

    private static final TopicPartition OFFSET_OF = new TopicPartition(TOPIC, 0);
    private static final int ABORTED_ONE_IN = 5;

    private final KafkaProducer<String, String> producer;
    private final ConsumerGroupMetadata group;
    private final Worker worker;
    private final List<String> committed = new ArrayList<>();
    private final AtomicLong commits = new AtomicLong();
    private long number;
    private boolean open;

    /** Begins. */
    PairWriter(KafkaClients clients) {
        producer = clients.producer(Map.of("transactional.id", "pairs"));
        producer.initTransactions();
        try (KafkaConsumer<String, String> consumer = clients
                .consumer(Map.of("group.id", GROUP))) {
            group = consumer.groupMetadata();
        }
        worker = new Worker("pairs", this::write);
    }

    /**
     * What fails in a way that can be put right is aborted, as the documentation of Kafka has it.
     */
    private void write() throws InterruptedException {
        try {
            if (open) {
                producer.abortTransaction();
                open = false;
            }
            number++;
            producer.beginTransaction();
            open = true;
            for (int partition = 0; partition < PARTITIONS; partition++) {
                producer.send(new ProducerRecord<>(TOPIC, partition, null,
                        Long.toString(number)));
            }
            producer.sendOffsetsToTransaction(
                    Map.of(OFFSET_OF, new OffsetAndMetadata(number)),
                    group);
            if (number % ABORTED_ONE_IN == 0) {
                producer.abortTransaction();
            } else {
                commit();
                committed.add(Long.toString(number));
                commits.incrementAndGet();
            }
            open = false;
            Thread.sleep(20);
        } catch (KafkaException failure) {
            if (!(failure instanceof RetriableException)
                    && !(failure.getCause() instanceof RetriableException)) {
                throw failure;
            }
        }
    }

    private void commit() {
        while (true) {
            try {
                producer.commitTransaction();
                return;
            } catch (TimeoutException notYet) {
                worker.check();
            }
        }
    }

    /** How many transactions were committed so far. */
    long count() {
        worker.check();
        return commits.get();
    }

    /** Ends after the transaction that it is at. */
    @Override
    public void close() {
        worker.close();
        producer.close();
    }

    /**
     * What was committed is there once, in both partitions and in its order, and nothing else; and
     * the group stands where the last of them left it.
     */
    void verify(KafkaConsumer<String, String> consumer) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(SteadyWriter.values(consumer, new TopicPartition(TOPIC, partition)))
                    .isEqualTo(committed);
        }
    }

    /** Where the group is to stand. */
    long lastCommitted() {
        return Long.parseLong(committed.getLast());
    }
}
