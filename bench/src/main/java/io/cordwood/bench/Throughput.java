package io.cordwood.bench;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.PoolWorkers;
import io.cordwood.store.object.folder.FolderObjectStore;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
    private static final int OBJECT_BYTES = 8 << 20;
    private static final int REQUESTS_AT_ONCE = 8;
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
        double[] folder = folder();
        Load warm = new Load("warm", recordBytes, requestRecords, totalBytes);
        try (ServerChild server = server("writer")) {
            try (RawHttp admin = new RawHttp(server.address())) {
                for (Load load : List.of(grpc, http, warm)) {
                    admin.createTopic(load.topic(), PARTITIONS);
                }
            }
            produceGrpc(server, warm);
            timed("produce", "grpc", server, folder[0], () -> produceGrpc(server, grpc));
            produceHttp(server, warm);
            timed("produce", "http", server, folder[0], () -> produceHttp(server, http));
        }
        try (ServerChild server = server("reader")) {
            Readers readers = new Readers(server.address());
            fetchGrpc(readers, warm);
            timed("fetch", "grpc", server, folder[1], () -> fetchGrpc(readers, grpc));
            fetchHttp(readers, warm);
            timed("fetch", "http", server, folder[1], () -> fetchHttp(readers, http));
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

    /** How many seconds writing takes, and reading. */
    private double[] folder() throws IOException {
        byte[] content = new byte[OBJECT_BYTES];
        new Random(1).nextBytes(content);
        try (Scratch folder = Scratch.create();
                PoolWorkers workers = new PoolWorkers(REQUESTS_AT_ONCE)) {
            FolderObjectStore store = FolderObjectStore
                    .open(folder.path("bucket").toAbsolutePath(), workers, new Random(1)).await();
            int objects = (int) (totalBytes / OBJECT_BYTES);
            Stopwatch writing = Stopwatch.start();
            inTurns(objects, key -> store.put(key, Bytes.wrap(content)));
            double writeSeconds = writing.seconds();
            Stopwatch reading = Stopwatch.start();
            inTurns(objects, key -> store.get(key, new ByteRange(0, OBJECT_BYTES)));
            double exact = (double) totalBytes / ((long) objects * OBJECT_BYTES);
            return new double[]{writeSeconds * exact, reading.seconds() * exact};
        }
    }

    private static void inTurns(int objects, Request request) {
        for (int first = 0; first < objects; first += REQUESTS_AT_ONCE) {
            List<Future<?>> turn = new ArrayList<>();
            for (int i = first; i < Math.min(objects, first + REQUESTS_AT_ONCE); i++) {
                turn.add(request.of(new ObjectKey("object-" + i)));
            }
            Future.all(turn).await();
        }
    }

    /** Something that is asked of a store. */
    @FunctionalInterface
    private interface Request {

        Future<?> of(ObjectKey key);
    }
}
