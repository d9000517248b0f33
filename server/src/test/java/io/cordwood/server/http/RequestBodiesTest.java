package io.cordwood.server.http;

import static io.cordwood.server.http.EdgeServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.UnavailableException;
import io.cordwood.server.http.exchange.RequestBounds;
import io.cordwood.server.http.stream.StreamBounds;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies come into memory only when there is room, and their room is always given back. */
@Timeout(60)
class RequestBodiesTest {

    private static final int SIZE_MAX = 100_000;
    private static final String BODY = "{\"records\": [{\"value\": 1}]}";

    private final EdgeServer server = new EdgeServer(settings(Duration.ofMinutes(1)));

    @BeforeEach
    void createTopic() {
        server.topic("t", 1);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aBodyIsNotReadBeforeThereIsRoom() {
        server.log.reservations().shut();
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead("content-length: " + BODY.length(), "expect: 100-continue");
            server.log.await(log -> log.reservations().waiting() == 1);

            server.log.reservations().open();

            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            client.send(BODY);
            assertThat(client.readUntil("\"value_schema_id\":null}")).startsWith("HTTP/1.1 200 ");
        }
        server.log.await(log -> log.reservedBytes() == 0);
    }

    @Test
    void theRoomIsHeldUntilTheRecordsAreDurable() {
        server.log.appends().shut();
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead("content-length: " + BODY.length()).send(BODY);
            server.log.await(log -> log.appends().waiting() == 1);

            assertThat(server.log.reservedBytes()).isGreaterThanOrEqualTo(3L * BODY.length());
            server.log.appends().open();

            client.readUntil("\"value_schema_id\":null}");
        }
        server.log.await(log -> log.reservedBytes() == 0);
    }

    @Test
    void whatParsingShowsToBeTooMuchIsGivenBackAtOnce() {
        String body = "{\"records\": [{\"value\": \"" + "x".repeat(SIZE_MAX / 2) + "\"}]}";
        server.log.appends().shut();
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead("content-length: " + body.length()).send(body);
            server.log.await(log -> log.appends().waiting() == 1);

            assertThat(server.log.reservedBytes()).isBetween(2L * body.length(),
                    3L * body.length());
            server.log.appends().open();

            client.readUntil("\"value_schema_id\":null}");
        }
        server.log.await(log -> log.reservedBytes() == 0);
    }

    @Test
    void theRoomOfAChunkedBodyIsThatOfTheLargestThereMayBe() {
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead("transfer-encoding: chunked");
            server.log.await(log -> log.reservedBytes() >= 3L * SIZE_MAX);

            client.send("5\r\n{\"rec\r\n16\r\nords\": [{\"value\": 1}]}\r\n0\r\n\r\n");

            assertThat(client.readUntil("\"value_schema_id\":null}")).startsWith("HTTP/1.1 200 ");
        }
        server.log.await(log -> log.reservedBytes() == 0);
    }

    @Test
    void noRoomIsAPassingFailureAndTheConnectionLives() {
        server.log.breakDown(new UnavailableException("the buffer is full"));
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead("content-length: " + BODY.length()).send(BODY);
            String refused = client.readUntil("}");
            server.log.recover();
            client.sendHead("content-length: " + BODY.length()).send(BODY);

            assertThat(refused).startsWith("HTTP/1.1 503 ").contains("retry-after: 1")
                    .contains("the buffer is full");
            assertThat(client.readUntil("\"value_schema_id\":null}")).contains("HTTP/1.1 200 ");
        }
        server.log.await(log -> log.reservedBytes() == 0);
    }

    @Test
    void aClientThatVanishesAmidItsBodyLeavesNothingBehind() {
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead("content-length: " + BODY.length()).send("{\"rec");
            server.log.await(log -> log.reservedBytes() > 0);
        }

        server.log.await(log -> log.reservedBytes() == 0);
        assertNothingWasStored();
    }

    @Test
    void aClientThatEndsItsOutputAmidItsBodyLeavesNothingBehind() {
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead("content-length: " + BODY.length()).send("{\"rec");
            server.log.await(log -> log.reservedBytes() > 0);

            client.endOutput();

            server.log.await(log -> log.reservedBytes() == 0);
        }
        assertNothingWasStored();
    }

    @Test
    void aClientThatVanishesWhileItWaitsForRoomLeavesNothingBehind() {
        server.log.reservations().shut();
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead("content-length: " + BODY.length()).send(BODY.substring(0, 5));
            server.log.await(log -> log.reservations().waiting() == 1);
        }

        server.log.reservations().open();

        assertThat(server.get("/health").statusCode()).isEqualTo(200);
        server.log.await(log -> log.reservedBytes() == 0);
        assertNothingWasStored();
    }

    @Test
    void aClientThatVanishesWhileItsRecordsAreStoredDoesNotStopThat() {
        server.log.appends().shut();
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead("content-length: " + BODY.length()).send(BODY);
            server.log.await(log -> log.appends().waiting() == 1);
        }

        server.log.appends().open();

        server.log.await(log -> log.reservedBytes() == 0);
        assertThat(server.get("/topics/t/partitions/0/offsets").body())
                .contains("\"end_offset\":1");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() {
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead("content-length: " + (SIZE_MAX + 1));

            String answer = client.readUntil("}");

            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("connection: close")
                    .contains("\"error_code\":41301,").contains("100000 bytes");
        }
        assertThat(server.log.reservedBytes()).isZero();
    }

    @Test
    void aClientThatAsksFirstIsRefusedWithoutSendingItsBody() {
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead("content-length: 999999999999", "expect: 100-continue");

            assertThat(client.readUntil("}")).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void aClientThatSendsATooLargeBodyAllTheSameStillGetsTheAnswer() {
        HttpResponse<String> answer = server.post("/topics/t", JSON, "x".repeat(40 * SIZE_MAX));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("41301");
    }

    @Test
    void aChunkedBodyThatGrowsTooLargeIsCutOff() {
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead("transfer-encoding: chunked");
            String chunk = "2710\r\n" + "x".repeat(10_000) + "\r\n";
            for (int i = 0; i < 11; i++) {
                client.send(chunk);
            }

            assertThat(client.readUntil("}")).startsWith("HTTP/1.1 413 ");
        }
        server.log.await(log -> log.reservedBytes() == 0);
    }

    @Test
    void aClientThatNeverEndsAfterARefusalIsCutOff() {
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead("content-length: 999999999999");

            assertThat(client.readAll()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void aBodyThatDoesNotArriveInTimeIsGivenUp() {
        try (EdgeServer hasty = new EdgeServer(settings(Duration.ofMillis(50)));
                RawClient client = new RawClient(hasty.port())) {
            client.sendHead("content-length: " + BODY.length()).send("{\"rec");

            assertThat(client.readUntil("}")).startsWith("HTTP/1.1 408 ").contains("408,");
            hasty.log.await(log -> log.reservedBytes() == 0);
        }
    }

    @Test
    void compressedBodiesAreRefused() {
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead("content-length: " + BODY.length(), "content-encoding: gzip")
                    .send(BODY);

            assertThat(client.readUntil("}")).startsWith("HTTP/1.1 415 ").contains("compressed");
        }
    }

    @Test
    void brokenChunksEndTheConnection() {
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead("transfer-encoding: chunked").send("zz\r\nwhat\r\n");

            assertThat(client.readAll()).doesNotContain(" 200 ");
        }
        server.log.await(log -> log.reservedBytes() == 0);
        assertNothingWasStored();
    }

    @Test
    void requestsInOnePipelineAreAnsweredInOrder() {
        try (RawClient client = new RawClient(server.port())) {
            for (int i = 0; i < 3; i++) {
                client.sendHead("content-length: " + BODY.length()).send(BODY);
            }

            for (int i = 0; i < 3; i++) {
                assertThat(client.readUntil("\"value_schema_id\":null}"))
                        .contains("\"offset\":" + i + "}");
            }
        }
    }

    private static HttpSettings settings(Duration waitMax) {
        return new HttpSettings(new RequestBounds(SIZE_MAX, 100, waitMax), PageBounds.STANDARD,
                StreamBounds.TAILS, StreamBounds.REPLAYS);
    }

    private void assertNothingWasStored() {
        assertThat(server.get("/topics/t/partitions/0/offsets").body())
                .contains("\"end_offset\":0");
    }
}
