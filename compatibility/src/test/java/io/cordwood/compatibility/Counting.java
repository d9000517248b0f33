package io.cordwood.compatibility;

import io.cordwood.server.endtoend.KafkaClients;
import io.cordwood.server.endtoend.RunningServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The topics of a {@link CountingApplication}: what goes in, and what must come out. */
final class Counting implements AutoCloseable {

    private static final int PARTITIONS = 3;
    private static final int WORDS = 40;
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final List<String> settings;
    private final Path folder;
    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;
    private final List<String> sent = new ArrayList<>();
    private final List<ConsumerRecord<String, String>> counts = new ArrayList<>();

    /**
     * Creates the topics.
     *
     * @param folder where the application has its files
     * @param settings of the application, NAME=VALUE
     */
    Counting(RunningServer server, Path folder, List<String> settings)
            throws InterruptedException {
        this.folder = folder;
        this.settings = new ArrayList<>(settings);
        this.settings.add("bootstrap.servers=" + server.kafka());
        this.settings.add("state.dir=" + folder.resolve("state"));
        KafkaClients clients = new KafkaClients(server);
        clients.createTopic(CountingApplication.WORDS, PARTITIONS);
        clients.createTopic(CountingApplication.COUNTS, PARTITIONS);
        producer = clients.producer(Map.of());
        consumer = clients.consumer(Map.of("isolation.level", "read_committed"));
        List<TopicPartition> partitions = KafkaClients.partitions(CountingApplication.COUNTS,
                PARTITIONS);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Starts the application. */
    Program start() {
        return Program.start(CountingApplication.class, folder, settings.toArray(String[]::new));
    }

    /** Sends so many words to all partitions. */
    void send(int count) {
        for (int i = 0; i < count; i++) {
            String word = "word " + sent.size() * 7 % WORDS;
            producer.send(new ProducerRecord<>(CountingApplication.WORDS,
                    sent.size() % PARTITIONS, null, word));
            sent.add(word);
        }
        producer.flush();
    }

    /** Reads counts until there are so many. */
    void awaitCounts(Program application, int count) {
        pollUntil(() -> counts.size() >= count, application);
    }

    /** Reads a count for each word that was sent. */
    void awaitAllCounts(Program application) {
        awaitCounts(application, sent.size());
    }

    /** For each word all its counts, in their order, to the ends of the partitions. */
    Map<String, List<Integer>> counted(Program application) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        pollUntil(() -> ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue()), application);
        return counts.stream().collect(Collectors.groupingBy(ConsumerRecord::key, TreeMap::new,
                Collectors.mapping(count -> Integer.valueOf(count.value()),
                        Collectors.toList())));
    }

    /** What {@link #counted} must be: each word is counted from 1 on. */
    Map<String, List<Integer>> expected() {
        Map<String, Long> totals = sent.stream()
                .collect(Collectors.groupingBy(word -> word, Collectors.counting()));
        Map<String, List<Integer>> expected = new TreeMap<>();
        totals.forEach((word, total) -> expected.put(word,
                IntStream.rangeClosed(1, total.intValue()).boxed().toList()));
        return expected;
    }

    private void pollUntil(BooleanSupplier done, Program application) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(counts.size() + " of " + sent.size()
                        + " counts came; the application says: " + application.log());
            }
            consumer.poll(MOMENT).forEach(counts::add);
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
