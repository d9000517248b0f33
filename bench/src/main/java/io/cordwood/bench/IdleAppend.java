package io.cordwood.bench;

import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How long a lone append over HTTP takes against one write to the same store, and how many requests
 * to the store each costs. The store answers after 75 ms, about what S3 takes.
 */
public final class IdleAppend {

    private static final Duration PUT_LATENCY = Duration.ofMillis(75);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int WARM_UPS = 20;
    private static final int ROUNDS = 100;

    private IdleAppend() {}

    /** Prints one line of JSON. */
    public static void main(String[] arguments) {
        Scenario.main(IdleAppend::run);
    }

    private static void run() throws IOException, InterruptedException {
        AtomicReference<ObjectStore> lagging = new AtomicReference<>();
        CountingObjectStore[] counting = new CountingObjectStore[1];
        try (BenchNode node = BenchNode.start(loop -> {
            counting[0] = new CountingObjectStore(new MemoryObjectStore(InstantSource.system()));
            lagging.set(new LaggingObjectStore(counting[0], loop, operation -> PUT_LATENCY));
            return lagging.get();
        }); HttpClient client = HttpClient.newHttpClient()) {
            post(client, node, "/admin/topics", "{\"topic_name\":\"t\",\"partitions_count\":1}");
            Latencies appends = new Latencies();
            Latencies puts = new Latencies();
            measure(client, node, lagging.get(), WARM_UPS, new Latencies(), new Latencies());
            long before = counting[0].calls();
            measure(client, node, lagging.get(), ROUNDS, appends, puts);
            print(appends, puts, (double) (counting[0].calls() - before - ROUNDS) / ROUNDS);
        }
    }

    private static void measure(HttpClient client, BenchNode node, ObjectStore store, int rounds,
            Latencies appends, Latencies puts) throws IOException, InterruptedException {
        for (int i = 0; i < rounds; i++) {
            Thread.sleep(PAUSE);
            long begin = System.nanoTime();
            post(client, node, "/topics/t", "{\"records\":[{\"value\":\"hello\"}]}");
            appends.add(System.nanoTime() - begin);
            begin = System.nanoTime();
            store.put(new ObjectKey("reference"), Bytes.wrap(new byte[300])).await();
            puts.add(System.nanoTime() - begin);
        }
    }

    private static void post(HttpClient client, BenchNode node, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
                        .header("Content-Type", path.startsWith("/admin")
                                ? "application/json"
                                : "application/vnd.kafka.json.v2+json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    private static void print(Latencies appends, Latencies puts, double requests) {
        System.out.printf(Locale.ROOT, "{\"scenario\":\"idle-append\",\"rounds\":%d,"
                + "\"append_p50_ms\":%.1f,\"append_p99_ms\":%.1f,\"put_p50_ms\":%.1f,"
                + "\"put_p99_ms\":%.1f,\"ratio_p50\":%.3f,\"requests_per_append\":%.2f}%n", ROUNDS,
                appends.percentileMillis(50), appends.percentileMillis(99),
                puts.percentileMillis(50), puts.percentileMillis(99),
                appends.percentileMillis(50) / puts.percentileMillis(50), requests);
    }
}
