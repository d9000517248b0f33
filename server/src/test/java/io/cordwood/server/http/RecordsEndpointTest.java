package io.cordwood.server.http;

import static io.cordwood.server.http.EdgeServer.BINARY;
import static io.cordwood.server.http.EdgeServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.server.http.exchange.RequestBounds;
import io.cordwood.server.http.stream.StreamBounds;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RecordsEndpointTest {

    private static final String RECORDS = "/topics/t/partitions/0/records";

    private final EdgeServer server = new EdgeServer(new HttpSettings(RequestBounds.STANDARD,
            new PageBounds(1_000, 10_000, 1, Duration.ofSeconds(30), Duration.ofMinutes(1)),
            StreamBounds.TAILS, StreamBounds.REPLAYS));
    private final TopicName topic = server.topic("t", 1);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void recordsAreReadFromAnOffsetOn() {
        produce("1", "2", "3");

        HttpResponse<String> answer = server.get(RECORDS + "?offset=1", "accept", JSON);

        assertThat(answer.headers().firstValue("content-type")).hasValue(JSON);
        assertThat(answer.body()).isEqualTo("""
                [{"topic":"t","key":null,"value":2,"partition":0,"offset":1,"timestamp":1002},\
                {"topic":"t","key":null,"value":3,"partition":0,"offset":2,"timestamp":1003}]""");
    }

    @Test
    void theAnswerSaysWhereToGoOnAndWhichOffsetsThereAre() {
        produce("1", "2", "3", "4");
        server.log.trim(topic, 0, 1);

        HttpResponse<String> answer = server.get(RECORDS + "?offset=1&max_bytes=2", "accept", JSON);

        assertThat(answer.headers().firstValue("cordwood-next-offset")).hasValue("3");
        assertThat(answer.headers().firstValue("cordwood-beginning-offset")).hasValue("1");
        assertThat(answer.headers().firstValue("cordwood-end-offset")).hasValue("4");
    }

    @Test
    void offsetsThatNoRecordHasAreSteppedOver() {
        produce("1");
        server.log.leaveGap(topic, 0, 5);

        HttpResponse<String> answer = server.get(RECORDS + "?offset=0", "accept", JSON);

        assertThat(answer.headers().firstValue("cordwood-next-offset")).hasValue("6");
    }

    @Test
    void recordsAreReadFromATimeOn() {
        produce("1", "2", "3");

        HttpResponse<String> answer = server.get(RECORDS + "?timestamp=1003", "accept", JSON);

        assertThat(answer.body()).startsWith("[{").contains("\"offset\":2").doesNotContain(":1,");
    }

    @Test
    void nothingIsReadFromATimeThatIsYetToCome() {
        produce("1");

        HttpResponse<String> answer = server.get(RECORDS + "?timestamp=9999&timeout=60000");

        assertThat(answer.body()).isEqualTo("[]");
        assertThat(answer.headers().firstValue("cordwood-next-offset")).hasValue("1");
    }

    @Test
    void aPageIsBoundedByTheServerWhateverTheClientWants() {
        String value = "\"" + "x".repeat(400) + "\"";
        produce(value, value, value);

        HttpResponse<String> answer = server.get(RECORDS + "?offset=0&max_bytes=999999999");

        assertThat(answer.body()).contains("\"offset\":1").doesNotContain("\"offset\":2");
    }

    @Test
    void aRecordLargerThanThePageIsStillRead() {
        produce("\"" + "x".repeat(4_000) + "\"");

        HttpResponse<String> answer = server.get(RECORDS + "?offset=0&max_bytes=0", "accept", JSON);

        assertThat(answer.body()).contains("x".repeat(4_000));
    }

    @Test
    void aReadAtTheEndIsAnsweredAtOnceUnlessItMayWait() {
        HttpResponse<String> answer = server.get(RECORDS + "?offset=0");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[]");
    }

    @Test
    void aReadThatMayWaitIsAnsweredWhenARecordComes() throws InterruptedException {
        Thread reader = Thread.ofVirtual().start(() -> {
            HttpResponse<String> answer = server.get(RECORDS + "?offset=0&timeout=30000", "accept",
                    JSON);

            assertThat(answer.body()).contains("\"value\":1,");
        });
        server.log.await(log -> log.waitingReads() == 1);

        produce("1");

        assertThat(reader.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void aReadThatWaitedInVainGetsNothing() {
        HttpResponse<String> answer = server.get(RECORDS + "?offset=0&timeout=1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[]");
    }

    @Test
    void onlySoManyReadsMayWait() {
        try (RawClient first = new RawClient(server.port())) {
            first.send("GET " + RECORDS + "?offset=0&timeout=30000 HTTP/1.1\r\nhost: x\r\n\r\n");
            server.log.await(log -> log.waitingReads() == 1);

            HttpResponse<String> second = server.get(RECORDS + "?offset=0&timeout=30000");

            assertThat(second.statusCode()).isEqualTo(503);
            assertThat(second.headers().firstValue("retry-after")).isPresent();
            assertThat(second.body()).contains("50301");
        }
    }

    @Test
    void aClientThatDoesNotReadItsAnswerIsCutOffAndTheMemoryIsFree() {
        HttpSettings hasty = new HttpSettings(RequestBounds.STANDARD, new PageBounds(8 << 20,
                64 << 20, 1, Duration.ofSeconds(30), Duration.ofMillis(50)), StreamBounds.TAILS,
                StreamBounds.REPLAYS);
        try (EdgeServer server = new EdgeServer(hasty);
                RawClient client = new RawClient(server.port())) {
            server.topic("t", 1);
            server.post("/topics/t", JSON,
                    "{\"records\": [{\"value\": \"" + "x".repeat(6 << 20) + "\"}]}");
            client.send("GET " + RECORDS + "?offset=0 HTTP/1.1\r\nhost: x\r\n\r\n");
            client.readUntil("\r\n\r\n");

            server.await(() -> server.edge.answerBytes() == 0);

            assertThat(client.countUntilEnd()).isLessThan(8 << 20);
        }
    }

    @Test
    void aRecordThatIsNotJsonIsNotReadAsJson() {
        server.post("/topics/t", BINARY, "{\"records\": [{\"value\": \"/w==\"}]}");

        HttpResponse<String> answer = server.get(RECORDS + "?offset=0", "accept", JSON);

        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.body()).isEqualTo("{\"error_code\":40601,\"message\":\"the value of the"
                + " record at offset 0 is not JSON: read it as " + BINARY + "\"}");
    }

    @Test
    void recordsBeforeOneThatIsNotJsonAreRead() {
        produce("1");
        server.post("/topics/t", BINARY, "{\"records\": [{\"value\": \"/w==\"}]}");

        HttpResponse<String> answer = server.get(RECORDS + "?offset=0", "accept", JSON);

        assertThat(answer.body()).contains("\"offset\":0").doesNotContain("\"offset\":1");
        assertThat(answer.headers().firstValue("cordwood-next-offset")).hasValue("1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'' | binary", "*/* | binary",
            "application/json | binary", "application/vnd.kafka.v2+json | binary",
            "application/vnd.kafka.json.v2+json, */* | json",
            "*/*, application/vnd.kafka.json.v2+json | json",
            "application/vnd.kafka.binary.v2+json;q=0.5, application/vnd.kafka.json.v2+json | json",
            "application/vnd.kafka.json.v2+json;q=0, application/json | binary"})
    void theFormatIsTheMostWelcomeOfThoseThatThereAre(String accept, String format) {
        produce("1");

        HttpResponse<String> answer = server.get(RECORDS + "?offset=0", "accept", accept);

        assertThat(answer.headers().firstValue("content-type"))
                .hasValue("application/vnd.kafka." + format + ".v2+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/vnd.kafka.avro.v2+json", "*/*;q=0"})
    void aFormatThatIsNotThereIsRefused(String accept) {
        HttpResponse<String> answer = server.get(RECORDS + "?offset=0", "accept", accept);

        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.body()).contains("\"error_code\":406,");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"?offset=2 | 416 | 41601", "?offset=-1 | 400 | 400",
            "?offset=x | 400 | 400", "?offset=99999999999999999999 | 400 | 400", "? | 400 | 400",
            "?offset=0&timestamp=0 | 400 | 400", "?offset=0&offset=1 | 400 | 400",
            "?timestamp=-5 | 400 | 400", "?offset=0&timeout=-1 | 400 | 400",
            "?offset=0&max_bytes=1e6 | 400 | 400"})
    void aReadFromNowhereIsRefused(String query, int status, int code) {
        produce("1");

        HttpResponse<String> answer = server.get(RECORDS + query);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"error_code\":" + code + ",");
    }

    @Test
    void anOffsetThatIsNotThereAnyMoreIsOutOfRange() {
        produce("1", "2");
        server.log.trim(topic, 0, 1);

        HttpResponse<String> answer = server.get(RECORDS + "?offset=0");

        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(answer.body()).contains("1 to 2");
    }

    @Test
    void whatTheLogCannotReadNowMayBeReadLater() {
        server.log.breakDown(new UnavailableException("the bucket does not answer"));

        HttpResponse<String> answer = server.get(RECORDS + "?offset=0");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(answer.body()).contains("the bucket does not answer");
    }

    @Test
    void damageIsNotCalledRetriable() {
        server.log.breakDown(new CorruptException("the block at 17 is damaged"));

        HttpResponse<String> answer = server.get(RECORDS + "?offset=0");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("50002");
    }

    private void produce(String... values) {
        String records = "{\"value\": " + String.join("}, {\"value\": ", values) + "}";
        HttpResponse<String> answer = server.post("/topics/t", JSON,
                "{\"records\": [" + records + "]}");
        assertThat(answer.statusCode()).isEqualTo(200);
    }
}
