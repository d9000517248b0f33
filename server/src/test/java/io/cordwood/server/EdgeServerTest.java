package io.cordwood.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.http.Health;
import io.cordwood.server.http.HttpEdge;
import io.cordwood.server.http.HttpSettings;
import io.cordwood.server.log.MemoryRecordLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EdgeServerTest {

    private static final String LARGE = "x".repeat(300_000);

    private final Vertx vertx = Vertx.vertx();
    private final MemoryRecordLog log = new MemoryRecordLog(vertx);
    private EdgeServer server;
    private int port;

    @BeforeEach
    void start() {
        log.createTopic(new TopicName("t"), 1).await();
        HttpEdge http = new HttpEdge(vertx, log, HttpSettings.STANDARD, () -> Health.OK, () -> "");
        EdgeServer.Edges edges = new EdgeServer.Edges(log, http, 1 << 20,
                () -> Future.succeededFuture(true));
        server = new EdgeServer(vertx, edges);
        port = server.start("127.0.0.1", 0).await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void bodiesThatWaitForRoomDoNotHoldBackTheOthersOfTheirConnection()
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2)
                .build()) {
            assertThat(client.send(append("first"), HttpResponse.BodyHandlers.ofString())
                    .version()).isEqualTo(HttpClient.Version.HTTP_2);
            log.reservations().shut();
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                waiting.add(client.sendAsync(append(LARGE),
                        HttpResponse.BodyHandlers.ofString()));
            }
            while (log.reservations().waiting() < 10) {
                Thread.onSpinWait();
            }

            assertThat(client.send(request("/topics").GET().build(),
                    HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);

            log.reservations().open();
            assertThat(waiting).allSatisfy(answer -> assertThat(
                    answer.orTimeout(30, TimeUnit.SECONDS).join().statusCode()).isEqualTo(200));
        }
    }

    @Test
    void aServerThatIsStoppedClosesItsConnectionsAndTakesNoMore() throws IOException {
        try (Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
            open.getOutputStream().write("GET /topics HTTP/1.1\r\nHost: x\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(open.getInputStream().read()).isEqualTo('H');

            server.stop().await();

            open.getInputStream().readAllBytes();
            while (isListening()) {
                Thread.onSpinWait();
            }
        }
    }

    private boolean isListening() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException refused) {
            return false;
        }
    }

    private HttpRequest append(String value) {
        return request("/topics/t")
                .header("Content-Type", "application/vnd.kafka.json.v2+json")
                .POST(HttpRequest.BodyPublishers
                        .ofString("{\"records\":[{\"value\":\"" + value + "\"}]}"))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }
}
