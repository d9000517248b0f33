package io.cordwood.server.http;

import static io.cordwood.server.http.EdgeServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same edge over HTTP/2, where requests share a connection. */
@Timeout(60)
class Http2Test {

    private final EdgeServer server = new EdgeServer(HttpSettings.STANDARD,
            HttpClient.Version.HTTP_2);

    @BeforeEach
    void upgrade() {
        server.topic("t", 1);
        server.get("/health");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void recordsAreProducedAndFollowed() {
        try (EventStream tail = server.follow("/topics/t/tail?format=json")) {
            HttpResponse<String> answer = server.post("/topics/t", JSON,
                    "{\"records\": [{\"value\": 1}]}");

            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(tail.next().data()).contains("\"value\":1,");
        }
        server.await(() -> server.edge.openTails() == 0);
        server.log.await(log -> log.reservedBytes() == 0);
    }

    @Test
    void aBodyThatIsTooLargeDisturbsNobodyElse() {
        try (EventStream tail = server.follow("/topics/t/tail?format=json")) {
            HttpResponse<String> refused = server.post("/topics/t", JSON, "x".repeat(9 << 20));
            server.post("/topics/t", JSON, "{\"records\": [{\"value\": 1}]}");

            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(tail.next().data()).contains("\"value\":1,");
        }
    }
}
