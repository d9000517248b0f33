package io.cordwood.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What three nodes on this machine take from Kafka producers, and how soon they acknowledge it,
 * against one node on the same machine, over a folder.
 */
final class ThreeNodes {

    private static final String HEAP = "1g";
    private static final String TOPIC = "load";
    private static final int PARTITIONS = 12;
    private static final int PRODUCERS = 3;
    private static final int RECORD_BYTES = 1_000;
    private static final double WARM_SECONDS = 8;
    private static final double SECONDS = 20;
    private static final int PACED_BYTES_PER_SECOND = 2_000_000;

    private final int nodes;
    private final Scratch scratch;

    private ThreeNodes(int nodes, Scratch scratch) {
        this.nodes = nodes;
        this.scratch = scratch;
    }

    static void run() throws Exception {
        Result one = measure(1);
        Result three = measure(3);
        new Figure("three-nodes").with("nodes", "3 against 1")
                .measured("ratio_mb_per_second", three.mbPerSecond() / one.mbPerSecond())
                .measured("ratio_ack_p50", three.ackP50Millis() / one.ackP50Millis())
                .measured("ratio_ack_p99", three.ackP99Millis() / one.ackP99Millis())
                .print();
    }

    private static Result measure(int nodes) throws Exception {
        try (Scratch scratch = Scratch.create()) {
            return new ThreeNodes(nodes, scratch).measure();
        }
    }

    private Result measure() throws Exception {
        List<ServerChild> servers = new ArrayList<>();
        try {
            for (int i = 0; i < nodes; i++) {
                servers.add(start("node-" + i));
            }
            try (RawHttp admin = new RawHttp(servers.getFirst().address())) {
                admin.createTopic(TOPIC, PARTITIONS);
            }
            return measure(servers);
        } finally {
            for (ServerChild server : servers) {
                server.close();
            }
        }
    }

    private ServerChild start(String name) throws IOException {
        Path log = scratch.path(name + ".log");
        return ServerChild.start(HEAP, Map.of("bucket", "file:" + scratch.path("bucket"), "local",
                scratch.path(name).toString(), "node.name", name), log);
    }

    private Result measure(List<ServerChild> servers) throws Exception {
        String bootstrap = servers.stream().map(ServerChild::kafka)
                .collect(Collectors.joining(","));
        produce(bootstrap, WARM_SECONDS, Optional.empty());
        double cpu = cpuSeconds(servers);
        Stopwatch watch = Stopwatch.start();
        int full = produce(bootstrap, SECONDS, Optional.empty()).count();
        double seconds = watch.seconds();
        double used = cpuSeconds(servers) - cpu;
        Latencies paced = produce(bootstrap, SECONDS, Optional.of(PACED_BYTES_PER_SECOND));
        Result result = new Result((double) full * RECORD_BYTES / 1e6 / seconds,
                paced.percentileMillis(50), paced.percentileMillis(99));
        new Figure("three-nodes").with("nodes", nodes).with("producers", PRODUCERS)
                .with("record_bytes", RECORD_BYTES)
                .measured("mb_per_second", result.mbPerSecond())
                .measured("cpu_seconds_per_gb", used * 1e9 / ((double) full * RECORD_BYTES))
                .with("paced_bytes_per_second", PACED_BYTES_PER_SECOND)
                .measured("ack_p50_ms", result.ackP50Millis())
                .measured("ack_p99_ms", result.ackP99Millis()).print();
        return result;
    }

    private static double cpuSeconds(List<ServerChild> servers) {
        return servers.stream().mapToDouble(ServerChild::cpuSeconds).sum();
    }

    /** How long each acknowledgement took, of as many records as there was time for. */
    private static Latencies produce(String bootstrap, double seconds, Optional<Integer> pace)
            throws Exception {
        Latencies latencies = new Latencies();
        Crew.work(PRODUCERS, number -> {
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", bootstrap, "batch.size", 100_000),
                    new ByteArraySerializer(), new ByteArraySerializer())) {
                produce(producer, latencies, new Pace(seconds, pace), number);
            }
        });
        return latencies;
    }

    private static void produce(KafkaProducer<byte[], byte[]> producer, Latencies latencies,
            Pace pace, int number) throws InterruptedException {
        byte[] value = new byte[RECORD_BYTES];
        new Random(number).nextBytes(value);
        Stopwatch watch = Stopwatch.start();
        for (long sent = 0; watch.seconds() < pace.seconds(); sent++) {
            Stopwatch waited = Stopwatch.start();
            producer.send(new ProducerRecord<>(TOPIC, (int) (sent % PARTITIONS), null, value),
                    (metadata, failure) -> {
                        if (failure == null) {
                            latencies.add(waited.nanos());
                        }
                    });
            long ahead = (long) (pace.secondsFor(sent * RECORD_BYTES) * 1e3
                    - watch.seconds() * 1e3);
            if (ahead > 0) {
                Thread.sleep(Duration.ofMillis(ahead));
            }
        }
    }

    /**
     * For how long is produced, and how fast.
     *
     * @param bytesPerSecond of all producers together; empty for as fast as they can
     */
    private record Pace(double seconds, Optional<Integer> bytesPerSecond) {

        /** When one producer is to have sent so many bytes. */
        double secondsFor(long bytes) {
            return bytesPerSecond.map(all -> (double) bytes * PRODUCERS / all).orElse(0.0);
        }
    }

    private record Result(double mbPerSecond, double ackP50Millis, double ackP99Millis) {}
}
