package io.cordwood.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Produce and fetch of records against writing and reading the same bytes in the folder store. The
 * server is a process of its own over a folder, so that its processor time is told from that of the
 * clients; it is started anew before it is read from, so that it remembers nothing.
 *
 * <p>The figures are of a server that has been at work for a while: before a kind of load is timed,
 * as much of it or more is run untimed. What the compiler takes of the processors, which is
 * seconds, would else be most of what is measured. All takes two or three minutes.
 */
final class Throughput {

    private static final String HEAP = "1g";
    private static final int GRPC_IN_FLIGHT = 96;
    private static final int HTTP_CONNECTIONS = 32;
    private static final int PARTITIONS = 4;

    private final int recordBytes;
    private final int requestRecords;
    private final long totalBytes;
    private final Scratch scratch;

    private Throughput(int recordBytes, int requestRecords, long totalBytes, Scratch scratch) {
        this.recordBytes = recordBytes;
        this.requestRecords = requestRecords;
        this.totalBytes = totalBytes;
        this.scratch = scratch;
    }

    /** Measures with records of 1 KiB and of 100 B. */
    static void run() throws Exception {
        try (Scratch scratch = Scratch.create()) {
            new Throughput(1_024, 512, 1L << 30, scratch).measure("kib");
        }
        try (Scratch scratch = Scratch.create()) {
            new Throughput(100, 2_000, 300_000_000, scratch).measure("small");
        }
    }

    private void measure(String name) throws Exception {
        Load grpc = new Load(name + "-grpc", recordBytes, requestRecords, totalBytes);
        Load http = new Load(name + "-http", recordBytes, requestRecords, totalBytes);
        FolderPace folder = FolderPace.measure(totalBytes);
        Load warm = new Load("warm", recordBytes, requestRecords, totalBytes);
        try (ServerChild server = server("writer")) {
            try (RawHttp admin = new RawHttp(server.address())) {
                for (Load load : List.of(grpc, http, warm)) {
                    admin.createTopic(load.topic(), PARTITIONS);
                }
            }
            produceGrpc(server, warm);
            timed("produce", "grpc", server, folder.writeSeconds(),
                    () -> produceGrpc(server, grpc));
            produceHttp(server, warm);
            timed("produce", "http", server, folder.writeSeconds(),
                    () -> produceHttp(server, http));
        }
        try (ServerChild server = server("reader")) {
            Readers readers = new Readers(server.address());
            fetchGrpc(readers, warm);
            timed("fetch", "grpc", server, folder.readSeconds(), () -> fetchGrpc(readers, grpc));
            fetchHttp(readers, warm);
            timed("fetch", "http", server, folder.readSeconds(), () -> fetchHttp(readers, http));
        }
    }

    private ServerChild server(String name) throws IOException {
        return ServerChild.start(HEAP, Map.of("bucket", "file:" + scratch.path("bucket"), "local",
                scratch.path(name).toString()), scratch.path(name + ".log"));
    }

    private static void produceGrpc(ServerChild server, Load load) throws InterruptedException {
        new GrpcProducers(server.address(), GRPC_IN_FLIGHT).produce(load,
                IntStream.range(0, PARTITIONS).mapToObj(load::grpc).toList(), Integer.MAX_VALUE);
    }

    private static void produceHttp(ServerChild server, Load load) throws Exception {
        new HttpProducers(server.address(), HTTP_CONNECTIONS).produce(load);
    }

    private static void fetchGrpc(Readers readers, Load load) throws Exception {
        Crew.work(PARTITIONS, number -> readers.grpc(load.topic(), number));
    }

    private static void fetchHttp(Readers readers, Load load) throws Exception {
        Crew.work(PARTITIONS, number -> readers.http(load.topic(), number));
    }

    private void timed(String what, String over, ServerChild server, double folderSeconds,
            Scenario scenario) throws Exception {
        double cpuBefore = server.cpuSeconds();
        Stopwatch watch = Stopwatch.start();
        scenario.run();
        double seconds = watch.seconds();
        new Figure("throughput").with("what", what).with("over", over)
                .with("record_bytes", recordBytes).with("bytes", totalBytes)
                .measured("mb_per_second", totalBytes / 1e6 / seconds)
                .measured("folder_mb_per_second", totalBytes / 1e6 / folderSeconds)
                .measured("ratio", folderSeconds / seconds)
                .measured("server_cpu_s_per_gb", (server.cpuSeconds() - cpuBefore) * 1e9
                        / totalBytes)
                .measured("client_cpu_s_per_gb", watch.cpuSeconds() * 1e9 / totalBytes)
                .with("server_peak_mib", server.peakMebibytes()).print();
    }
}
