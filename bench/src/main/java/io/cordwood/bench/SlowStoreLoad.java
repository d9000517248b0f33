package io.cordwood.bench;

import io.cordwood.store.object.faultproxy.FaultProxy;
import io.cordwood.store.object.faultproxy.WireFault;
import io.cordwood.store.object.s3server.S3Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A gigabyte of records for a server with 256 MB of heap, while its store takes only a few
 * megabytes a second on each connection: producers must wait, and memory must stay bounded.
 */
public final class SlowStoreLoad {

    private static final long TOTAL_BYTES = 1_000_000_000L;
    private static final int RECORD_BYTES = 10_000;
    private static final int RECORDS_PER_REQUEST = 50;
    private static final int PRODUCERS = 16;
    private static final int CONNECTION_BYTES_PER_SECOND = 4 << 20;
    private static final String ADDRESS = "address  http://";

    private final AtomicLong toSend = new AtomicLong(TOTAL_BYTES / RECORD_BYTES);
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    private SlowStoreLoad() {}

    /** Prints one line of JSON. */
    public static void main(String[] arguments) {
        Scenario.main(() -> new SlowStoreLoad().run());
    }

    private void run() throws Exception {
        Path folder = Files.createTempDirectory("cordwood-bench");
        try (S3Server s3 = S3Server.inFolder(Files.createDirectory(folder.resolve("s3")), 0);
                FaultProxy network = FaultProxy.start(s3.endpoint());
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1).build()) {
            Process server = start(network.endpoint(), folder);
            String address = awaitAddress(server);
            send(client, address, "/admin/topics",
                    "{\"topic_name\":\"t\",\"partitions_count\":8}");
            network.policy(request -> new WireFault.Slow(CONNECTION_BYTES_PER_SECOND));
            long begin = System.nanoTime();
            load(client, address, network);
            double seconds = (System.nanoTime() - begin) / 1e9;
            network.policy(request -> new WireFault.Pass());
            print(seconds, peakMebibytes(server), stored(client, address));
            server.destroy();
            server.waitFor(60, TimeUnit.SECONDS);
        }
    }

    private static Process start(URI endpoint, Path folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"), "io.cordwood.server.Main", "server",
                "--bucket", "s3://" + S3Server.BUCKET + "/load", "--local",
                folder.resolve("local").toString(), "--http", "127.0.0.1:0", "--s3.endpoint",
                endpoint.toString(), "--s3.path-style", "true")
                .redirectError(folder.resolve("server.log").toFile());
        builder.environment().put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY.id());
        builder.environment().put("AWS_SECRET_ACCESS_KEY", S3Server.ACCESS_KEY.secret());
        return builder.start();
    }

    private static String awaitAddress(Process server) throws IOException {
        BufferedReader output = server.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.contains(ADDRESS)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("the server did not start");
        }
        return line.substring(line.indexOf(ADDRESS) + ADDRESS.length()).split(" ", 2)[0];
    }

    private void load(HttpClient client, String address, FaultProxy network)
            throws InterruptedException, ExecutionException {
        List<Future<?>> producers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(PRODUCERS)) {
            for (int i = 0; i < PRODUCERS; i++) {
                int seed = i;
                producers.add(threads.submit(() -> {
                    produce(client, address, body(seed));
                    network.forget();
                    return seed;
                }));
            }
        }
        for (Future<?> producer : producers) {
            producer.get();
        }
    }

    private void produce(HttpClient client, String address, String body)
            throws IOException, InterruptedException {
        while (toSend.getAndAdd(-RECORDS_PER_REQUEST) > 0) {
            int status = send(client, address, "/topics/t", body);
            while (status == 503) {
                refused.incrementAndGet();
                status = send(client, address, "/topics/t", body);
            }
            if (status != 200) {
                throw new IOException("the server answered " + status);
            }
            acknowledged.addAndGet(RECORDS_PER_REQUEST);
        }
    }

    /** Records of random bytes, so that compression does not make them small. */
    private static String body(int seed) {
        Random random = new Random(seed);
        byte[] value = new byte[RECORD_BYTES];
        List<String> records = new ArrayList<>();
        for (int i = 0; i < RECORDS_PER_REQUEST; i++) {
            random.nextBytes(value);
            records.add("{\"value\":\"" + Base64.getEncoder().encodeToString(value) + "\"}");
        }
        return "{\"records\":[" + String.join(",", records) + "]}";
    }

    private static int send(HttpClient client, String address, String path, String body)
            throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create("http://" + address + path))
                .header("Content-Type", path.startsWith("/admin")
                        ? "application/json"
                        : "application/vnd.kafka.binary.v2+json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static long stored(HttpClient client, String address)
            throws IOException, InterruptedException {
        long stored = 0;
        for (int partition = 0; partition < 8; partition++) {
            String answer = client.send(HttpRequest.newBuilder(URI.create("http://" + address
                    + "/topics/t/partitions/" + partition + "/offsets")).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
            stored += Long.parseLong(answer.replaceAll(".*\"end_offset\":(\\d+).*", "$1"));
        }
        return stored;
    }

    /** The most memory that the process ever had, as the kernel counts it. */
    private static long peakMebibytes(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .findFirst().orElse(0);
    }

    private void print(double seconds, long peakMebibytes, long stored) {
        System.out.printf(Locale.ROOT, "{\"scenario\":\"slow-store-load\",\"bytes\":%d,"
                + "\"seconds\":%.1f,\"mb_per_second\":%.1f,\"acknowledged\":%d,\"stored\":%d,"
                + "\"refused\":%d,\"heap_max_mb\":256,\"peak_rss_mib\":%d}%n",
                acknowledged.get() * RECORD_BYTES, seconds,
                acknowledged.get() * RECORD_BYTES / 1e6 / seconds, acknowledged.get(), stored,
                refused.get(), peakMebibytes);
    }
}
