package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records through Kafka's own producer and consumer. */
class KafkaRecordsTest {

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static KafkaClients clients;

    @BeforeAll
    static void start() {
        server = RunningServer.start("file:" + folder.resolve("bucket"), folder.resolve("local"));
        clients = new KafkaClients(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void everyRecordIsReadBackAsItWasWrittenWhateverTheCodec(String codec)
            throws InterruptedException {
        String topic = "codec-" + codec;
        clients.createTopic(topic, 1);
        List<ProducerRecord<String, String>> written = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            ProducerRecord<String, String> record = new ProducerRecord<>(topic, 0, 1_000L + i,
                    i % 3 == 0 ? null : "key-" + i, i % 5 == 0 ? null : "value ".repeat(i) + i);
            record.headers().add("n", Integer.toString(i).getBytes(StandardCharsets.UTF_8));
            record.headers().add("n", null);
            written.add(record);
        }

        send(written, Map.of("compression.type", codec));

        List<ConsumerRecord<String, String>> read = read(topic, 500);
        assertThat(read).extracting(ConsumerRecord::offset)
                .isEqualTo(numbers(0, 500));
        for (int i = 0; i < 500; i++) {
            assertThat(read.get(i).key()).isEqualTo(written.get(i).key());
            assertThat(read.get(i).value()).isEqualTo(written.get(i).value());
            assertThat(read.get(i).timestamp()).isEqualTo(1_000L + i);
            assertThat(read.get(i).headers().toArray()).containsExactly(
                    new RecordHeader("n", Integer.toString(i).getBytes(StandardCharsets.UTF_8)),
                    new RecordHeader("n", (byte[]) null));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "all"})
    void recordsArriveWhateverAcknowledgementIsAskedFor(String acks) throws InterruptedException {
        String topic = "acks-" + acks;
        clients.createTopic(topic, 1);

        List<RecordMetadata> sent = send(values(topic, 300),
                Map.of("acks", acks, "enable.idempotence", false));

        assertThat(read(topic, 300)).extracting(ConsumerRecord::value)
                .isEqualTo(values(topic, 300).stream().map(ProducerRecord::value).toList());
        if (!acks.equals("0")) {
            assertThat(sent).extracting(RecordMetadata::offset).isEqualTo(numbers(0, 300));
        }
    }

    @Test
    void aTopicIsMadeWhenAClientAsksForIt() throws InterruptedException {
        send(values("asked-for", 10), Map.of());

        assertThat(read("asked-for", 10)).hasSize(10);
    }

    @Test
    void aRecordThatIsTooLargeIsRefusedAndTheNextIsNot() throws InterruptedException {
        clients.createTopic("large", 1);
        try (KafkaProducer<byte[], byte[]> producer = clients
                .bytesProducer(Map.of("max.request.size", 4 << 20))) {
            Future<RecordMetadata> large = producer
                    .send(new ProducerRecord<>("large", new byte[2 << 20]));
            Future<RecordMetadata> small = producer
                    .send(new ProducerRecord<>("large", new byte[100]));

            assertThatThrownBy(large::get).isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(RecordTooLargeException.class);
            assertThat(KafkaClients.get(small).offset()).isZero();
        }
    }

    @Test
    void aReaderFindsItsWayByTimeAndByTheEnds() throws InterruptedException {
        String topic = "by-time";
        clients.createTopic(topic, 1);
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            records.add(new ProducerRecord<>(topic, 0, 10_000L + 100L * i, null, "v" + i));
        }
        send(records, Map.of());
        TopicPartition partition = new TopicPartition(topic, 0);

        try (KafkaConsumer<String, String> consumer = clients.consumer(Map.of())) {
            assertThat(consumer.offsetsForTimes(Map.of(partition, 12_301L)))
                    .containsEntry(partition, new OffsetAndTimestamp(24, 12_400L,
                            java.util.Optional.of(0)));
            assertThat(consumer.offsetsForTimes(Map.of(partition, 99_999L)))
                    .containsEntry(partition, null);
            assertThat(consumer.beginningOffsets(List.of(partition)))
                    .containsEntry(partition, 0L);
            assertThat(consumer.endOffsets(List.of(partition))).containsEntry(partition, 100L);
        }
    }

    @Test
    void anOffsetBeyondTheEndIsToldToBeOutOfRange() throws InterruptedException {
        clients.createTopic("short", 1);
        TopicPartition partition = new TopicPartition("short", 0);

        try (KafkaConsumer<String, String> consumer = clients
                .consumer(Map.of("auto.offset.reset", "none"))) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 7);

            assertThatThrownBy(() -> KafkaClients.poll(consumer, 1))
                    .isInstanceOf(OffsetOutOfRangeException.class);
        }
    }

    @Test
    void manyPartitionsAreReadSideBySide() throws InterruptedException {
        clients.createTopic("many", 20);
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            records.add(new ProducerRecord<>("many", i % 20, null, "value " + i));
        }
        send(records, Map.of());

        try (KafkaConsumer<String, String> consumer = clients.consumer(Map.of())) {
            consumer.assign(KafkaClients.partitions("many", 20));
            consumer.seekToBeginning(List.of());
            assertThat(KafkaClients.poll(consumer, 4_000)).extracting(ConsumerRecord::value)
                    .containsExactlyInAnyOrderElementsOf(
                            records.stream().map(ProducerRecord::value).toList());
        }
    }

    private static List<ProducerRecord<String, String>> values(String topic, int count) {
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(new ProducerRecord<>(topic, "value " + i));
        }
        return records;
    }

    private static List<RecordMetadata> send(List<ProducerRecord<String, String>> records,
            Map<String, Object> settings) throws InterruptedException {
        try (KafkaProducer<String, String> producer = clients.producer(settings)) {
            return KafkaClients.getAll(records.stream().map(producer::send).toList());
        }
    }

    private static List<ConsumerRecord<String, String>> read(String topic, int count) {
        try (KafkaConsumer<String, String> consumer = clients.consumer(Map.of())) {
            return KafkaClients.read(consumer, new TopicPartition(topic, 0), count);
        }
    }

    private static List<Long> numbers(long from, long count) {
        List<Long> numbers = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            numbers.add(from + i);
        }
        return numbers;
    }
}
