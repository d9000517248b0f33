package io.cordwood.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What Kafka's own performance tools say of a server over a folder, against writing and reading the
 * same bytes in the folder store. As in {@link Throughput}, as much is run untimed before.
 */
final class KafkaThroughput {

    private static final String HEAP = "1g";
    private static final int PARTITIONS = 4;

    /** How long the consumer waits for a record: its group is shared out meanwhile. */
    private static final int PATIENCE_MILLIS = 60_000;

    private static final List<Producer> PRODUCERS = List.of(
            new Producer("defaults", List.of(), 32),
            new Producer("large-batches", List.of("batch.size=1000000", "linger.ms=20"), 1));

    private final int recordBytes;
    private final long records;
    private final Scratch scratch;

    private KafkaThroughput(int recordBytes, long records, Scratch scratch) {
        this.recordBytes = recordBytes;
        this.records = records;
        this.scratch = scratch;
    }

    /** Measures with records of 1 KiB and of 100 B. */
    static void run() throws Exception {
        try (Scratch scratch = Scratch.create()) {
            new KafkaThroughput(1_024, 1 << 20, scratch).measure();
        }
        try (Scratch scratch = Scratch.create()) {
            new KafkaThroughput(100, 3_000_000, scratch).measure();
        }
    }

    private void measure() throws Exception {
        FolderPace folder = FolderPace.measure(bytes());
        try (ServerChild server = server("writer")) {
            createTopics(server);
            for (Producer producer : PRODUCERS) {
                produce(server, "warm-" + producer.name(), producer);
                timed("produce", producer, server, folder.writeSeconds(),
                        () -> produce(server, producer.name(), producer));
            }
        }
        try (ServerChild server = server("reader")) {
            for (Producer producer : PRODUCERS) {
                consume(server, "warm-" + producer.name(), producer);
                timed("consume", producer, server, folder.readSeconds(),
                        () -> consume(server, producer.name(), producer));
            }
        }
    }

    private ServerChild server(String name) throws IOException {
        return ServerChild.start(HEAP, Map.of("bucket", "file:" + scratch.path("bucket"), "local",
                scratch.path(name).toString()), scratch.path(name + ".log"));
    }

    private static void createTopics(ServerChild server) throws IOException {
        try (RawHttp admin = new RawHttp(server.address())) {
            for (Producer producer : PRODUCERS) {
                admin.createTopic("warm-" + producer.name(), PARTITIONS);
                admin.createTopic(producer.name(), PARTITIONS);
            }
        }
    }

    /** The MB a second in the tool's words, which are MiB. */
    private double produce(ServerChild server, String topic, Producer producer)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--bootstrap-server", server.kafka(),
                "--topic", topic, "--num-records", Long.toString(producer.of(records)),
                "--record-size", Integer.toString(recordBytes), "--throughput", "-1"));
        if (!producer.settings().isEmpty()) {
            arguments.add("--command-property");
            arguments.addAll(producer.settings());
        }
        String summary = KafkaTool.PRODUCER.run(arguments);
        return Double.parseDouble(summary.split("[(]", 2)[1].split(" ", 2)[0]);
    }

    /** The MB a second in the tool's words, which are MiB, once the group was shared out. */
    private double consume(ServerChild server, String topic, Producer producer)
            throws IOException, InterruptedException {
        String summary = KafkaTool.CONSUMER.run(List.of("--bootstrap-server", server.kafka(),
                "--topic", topic, "--num-records", Long.toString(producer.of(records)),
                "--timeout", Integer.toString(PATIENCE_MILLIS)));
        return Double.parseDouble(summary.split(", ", -1)[8]);
    }

    private void timed(String what, Producer producer, ServerChild server,
            double folderSeconds, Tool tool) throws Exception {
        double cpuBefore = server.cpuSeconds();
        double mebibytes = tool.run();
        double megabytesPerSecond = mebibytes * (1 << 20) / 1e6;
        double folder = bytes() / 1e6 / folderSeconds;
        long bytes = producer.of(records) * recordBytes;
        new Figure("kafka").with("what", what).with("producer", producer.name())
                .with("record_bytes", recordBytes).with("bytes", bytes)
                .measured("mb_per_second", megabytesPerSecond)
                .measured("folder_mb_per_second", folder)
                .measured("ratio", megabytesPerSecond / folder)
                .measured("server_cpu_s_per_gb",
                        (server.cpuSeconds() - cpuBefore) * 1e9 / bytes)
                .with("server_peak_mib", server.peakMebibytes()).print();
    }

    private long bytes() {
        return records * recordBytes;
    }

    /** Runs a tool, and gives the MiB a second that it says. */
    @FunctionalInterface
    private interface Tool {

        double run() throws Exception;
    }

    /**
     * Settings of a producer, and what they are called.
     *
     * @param share it sends one of so many records: with Kafka's defaults it waits for an answer
     *        whenever five small requests are on their way, so it is slow
     */
    private record Producer(String name, List<String> settings, int share) {

        long of(long records) {
            return records / share;
        }
    }
}
