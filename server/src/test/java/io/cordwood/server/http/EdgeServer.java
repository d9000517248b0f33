package io.cordwood.server.http;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.log.MemoryRecordLog;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** The edge behind a real server on loopback, and a client of it. */
final class EdgeServer implements AutoCloseable {

    static final String JSON = "application/vnd.kafka.json.v2+json";
    static final String BINARY = "application/vnd.kafka.binary.v2+json";

    final AtomicReference<Health> health = new AtomicReference<>(Health.OK);
    final MemoryRecordLog log;
    final HttpEdge edge;
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final HttpClient client;

    EdgeServer() {
        this(HttpSettings.STANDARD);
    }

    EdgeServer(HttpSettings settings) {
        this(settings, HttpClient.Version.HTTP_1_1);
    }

    EdgeServer(HttpSettings settings, HttpClient.Version version) {
        client = HttpClient.newBuilder().version(version).build();
        log = new MemoryRecordLog(vertx);
        edge = new HttpEdge(vertx, log, settings, health::get, () -> "up 1\n");
        server = vertx.createHttpServer(HttpEdge.serverOptions().setSendBufferSize(64 << 10))
                .requestHandler(edge.router())
                .invalidRequestHandler(HttpEdge.invalidRequestHandler()).listen(0, "127.0.0.1")
                .await();
    }

    int port() {
        return server.actualPort();
    }

    TopicName topic(String name, int partitions) {
        TopicName topic = new TopicName(name);
        log.createTopic(topic, partitions).await();
        return topic;
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    HttpResponse<String> post(String path, String type, String body) {
        return send(request(path, "content-type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder builder = HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(30));
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError("no answer", failure);
        }
    }

    /** Follows a topic. */
    EventStream follow(String path, String... headers) {
        try {
            return new EventStream(client.send(request(path, headers).GET().build(),
                    HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError("no answer", failure);
        }
    }

    /** Waits until something holds of the server. */
    void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("this did not come to be in time");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        client.close();
        edge.close();
        vertx.close().await();
    }
}
