package io.cordwood.bench;

import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.LogNormalLag;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How many requests of one Kafka producer are answered in a second, on one partition, with the
 * producer's own defaults, by a store of which a write takes 75 ms. A server that answered one
 * request after the other would come to 13.
 */
final class LoneKafkaProducer {

    private static final int PUT_MILLIS = 75;
    private static final int PUT_SLOW_MILLIS = 160;
    private static final int RECORD_BYTES = 1_000;
    private static final double WARM_SECONDS = 5;
    private static final double SECONDS = 20;

    private LoneKafkaProducer() {}

    static void run() throws Exception {
        MemoryObjectStore memory = new MemoryObjectStore(InstantSource.system());
        try (BenchNode node = BenchNode.start((loop, workers) -> new LaggingObjectStore(memory,
                loop, new LogNormalLag(new Random(1), Duration.ofMillis(PUT_MILLIS),
                        Duration.ofMillis(PUT_SLOW_MILLIS))));
                RawHttp http = new RawHttp(node.address());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", node.kafka()), new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            http.createTopic("lone", 1);
            send(producer, WARM_SECONDS);
            double requestsBefore = metric(producer, "request-total");
            double recordsBefore = metric(producer, "record-send-total");
            Stopwatch watch = Stopwatch.start();
            send(producer, SECONDS);
            double seconds = watch.seconds();
            double requests = (metric(producer, "request-total") - requestsBefore) / seconds;
            double records = (metric(producer, "record-send-total") - recordsBefore) / seconds;
            new Figure("kafka-lone").with("put_p50_ms", PUT_MILLIS)
                    .with("record_bytes", RECORD_BYTES)
                    .measured("requests_per_second", requests)
                    .measured("requests_per_put_time", requests * PUT_MILLIS / 1e3)
                    .measured("records_per_second", records)
                    .measured("mb_per_second", records * RECORD_BYTES / 1e6)
                    .measured("latency_avg_ms", metric(producer, "request-latency-avg"))
                    .print();
            producer.close(Duration.ZERO);
        }
    }

    /** Sends as fast as the producer takes records: it waits when its own buffer is full. */
    private static void send(KafkaProducer<byte[], byte[]> producer, double seconds) {
        byte[] value = new byte[RECORD_BYTES];
        new Random(2).nextBytes(value);
        Stopwatch watch = Stopwatch.start();
        while (watch.seconds() < seconds) {
            producer.send(new ProducerRecord<>("lone", value));
        }
    }

    private static double metric(KafkaProducer<?, ?> producer, String name) {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().group().equals("producer-metrics")
                        && metric.getKey().name().equals(name))
                .mapToDouble(metric -> (double) metric.getValue().metricValue()).findFirst()
                .orElseThrow();
    }
}
