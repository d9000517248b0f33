package io.cordwood.bench;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Records as a shop would write them: JSON, of which a third is chance, with keys that come again;
 * compressed by a producer as most are. The same seed gives the same records.
 *
 * @param valueBytes how long values are
 */
record Events(int valueBytes, long count) {

    private static final int KEYS = 100_000;
    private static final int CHANCE_LETTERS = 36;

    /** The bytes of keys and values. */
    long payloadBytes() {
        return count * (valueBytes + key(0).length);
    }

    /**
     * Sends all of them to partition 0 of a topic.
     *
     * @param firstMillis the time of the first
     * @param lastMillis the time of the last
     */
    void send(String bootstrap, String topic, long firstMillis, long lastMillis) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "compression.type", "lz4", "linger.ms", 20,
                        "batch.size", 256 << 10),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            Random random = new Random(1);
            for (long i = 0; i < count; i++) {
                long millis = firstMillis + (lastMillis - firstMillis) * i / count;
                producer.send(new ProducerRecord<>(topic, 0, millis, key(random.nextInt(KEYS)),
                        value(random, i)));
            }
        }
    }

    private static byte[] key(int number) {
        return String.format("customer-%07d", number).getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] value(Random random, long number) {
        StringBuilder json = new StringBuilder(valueBytes + 64);
        json.append("{\"order\":").append(number);
        for (int field = 0; json.length() < valueBytes - 1; field++) {
            json.append(",\"field-").append(field).append("\":\"");
            for (int i = 0; i < 24; i++) {
                json.append(i % 3 == 0
                        ? Character.forDigit(random.nextInt(CHANCE_LETTERS), CHANCE_LETTERS)
                        : (char) ('a' + (field + i) % 26));
            }
            json.append('"');
        }
        json.setLength(valueBytes - 1);
        return json.append('}').toString().getBytes(StandardCharsets.US_ASCII);
    }
}
