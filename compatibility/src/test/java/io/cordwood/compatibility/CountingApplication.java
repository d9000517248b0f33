package io.cordwood.compatibility;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;

/**
 * An application of Kafka Streams that counts words, with a topic to repartition them and one that
 * holds the changes of its state. Each word gives one record that says how often it was there.
 *
 * <p>Its arguments are settings of Kafka Streams, NAME=VALUE.
 */
public final class CountingApplication {

    static final String WORDS = "words";
    static final String COUNTS = "counts";

    private static final String STORE = "store";
    private static final String REPARTITIONED = "repartitioned";

    private CountingApplication() {}

    /** Counts until the process is asked to end. */
    public static void main(String[] settings) {
        KafkaStreams streams = new KafkaStreams(topology(), properties(settings));
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
    }

    /** The topic of the words again, by word. */
    static String repartitioned(String application) {
        return application + "-" + REPARTITIONED + "-repartition";
    }

    /** The topic of the changes of the counts. */
    static String changes(String application) {
        return application + "-" + STORE + "-changelog";
    }

    private static Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, String> words = builder.stream(WORDS);
        words.groupBy((key, word) -> word, Grouped.as(REPARTITIONED))
                .count(Materialized.as(STORE))
                .toStream().mapValues((word, count) -> Long.toString(count)).to(COUNTS);
        return builder.build();
    }

    private static Properties properties(String... settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class,
                StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class,
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0));
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }
}
