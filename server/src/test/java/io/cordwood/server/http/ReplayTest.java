package io.cordwood.server.http;

import static io.cordwood.server.http.EdgeServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.CorruptException;
import io.cordwood.server.http.exchange.RequestBounds;
import io.cordwood.server.http.stream.StreamBounds;
import io.cordwood.server.log.NewRecord;
import io.cordwood.store.batch.LogRecord;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ReplayTest {

    private static final int RECORD_SIZE = 16 << 10;

    private final EdgeServer server = new EdgeServer(new HttpSettings(RequestBounds.STANDARD,
            PageBounds.STANDARD, StreamBounds.TAILS,
            new StreamBounds(1, 8, 256 << 10, Duration.ofMillis(20), Duration.ofMillis(20))));
    private final TopicName topic = server.topic("t", 2);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aReplaySendsALineForEachRecordAndEnds() {
        produce(0, "1", "{\"a\": 2}");

        HttpResponse<String> answer = server.get("/topics/t/replay?format=json");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-ndjson");
        assertThat(answer.headers().firstValue("cordwood-from")).hasValue("0:0,1:0");
        assertThat(answer.headers().firstValue("cordwood-to")).hasValue("0:2,1:0");
        assertThat(answer.body()).isEqualTo("""
                {"topic":"t","key":null,"value":1,"partition":0,"offset":0,"timestamp":1001}
                {"topic":"t","key":null,"value":{"a": 2},"partition":0,"offset":1,"timestamp":1002}
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"from=beginning | 1,2,3,4", "to=0:1,1:1 | 1,3",
            "from=1&partition=0 | 2", "from=0:1&to=1:1 | 2,3", "partition=1&to=1 | 3",
            "from=1970-01-01T00:00:01.002Z | 2,3,4", "to=1970-01-01T00:00:01.004Z | 1,2,3",
            "from=1970-01-01T00:00:01.002Z&to=1970-01-01T00:00:01.004Z | 2,3",
            "to=2026-11-21T10:00:00Z | 1,2,3,4", "to=1:99 | 1,2,3,4"})
    void aReplayIsBetweenTwoPlaces(String query, String values) {
        produce(0, "1", "2");
        produce(1, "3", "4");

        assertThat(values(server.get("/topics/t/replay?format=json&" + query).body()))
                .containsExactlyInAnyOrder(values.split(","));
    }

    @ParameterizedTest
    @CsvSource({"from=end", "from=0:2&to=0:1&partition=0",
            "from=2026-11-21T10:00:00Z&partition=1"})
    void thereMayBeNothingBetweenTwoPlaces(String query) {
        produce(0, "1", "2");

        HttpResponse<String> answer = server.get("/topics/t/replay?" + query);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aClientThatComesBackGoesOnExactlyAfterTheLastLinesThatItHas() {
        for (int i = 0; i < 40; i++) {
            produce(i % 2, "" + i);
        }
        HttpResponse<String> whole = server.get("/topics/t/replay?format=json");
        List<String> lines = whole.body().lines().toList();
        String to = whole.headers().firstValue("cordwood-to").orElseThrow();
        produce(0, "99");

        for (int seen = 0; seen <= lines.size(); seen += 7) {
            String rest = server.get("/topics/t/replay?format=json&to=" + to + "&from="
                    + after(lines.subList(0, seen))).body();

            assertThat(Stream.concat(lines.stream().limit(seen), rest.lines()))
                    .containsExactlyInAnyOrderElementsOf(lines);
        }
    }

    @Test
    void morePartitionsThanAreReadAtATimeAllCome() {
        TopicName wide = server.topic("wide", 7);
        for (int partition = 0; partition < 7; partition++) {
            server.log.append(wide, Collections.nCopies(50, record(partition))).await();
        }
        server.log.leaveGap(wide, 3, 5);

        assertThat(server.get("/topics/wide/replay").body().lines()).hasSize(350)
                .doesNotHaveDuplicates();
    }

    @Test
    void theLogIsNotReadWhileTheClientDoesNotRead() {
        server.log.append(topic, Collections.nCopies(1_000, record(0))).await();
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET /topics/t/replay HTTP/1.1\r\nhost: x\r\n\r\n");
            server.await(() -> server.log.readBytes() > 0);
            for (int i = 0; i < 200; i++) {
                assertThat(server.get("/health").statusCode()).isEqualTo(200);
            }

            assertThat(server.log.readBytes()).isLessThan(1_000 * RECORD_SIZE / 4);
            assertThat(server.get("/topics/t/replay").statusCode()).isEqualTo(503);
            assertThat(client.readUntil("\r\n0\r\n\r\n").split("\"offset\":", -1))
                    .hasSize(1_001);
        }
    }

    @Test
    void aReplayThatCannotGoOnSaysWhyAndBreaksOff() {
        server.log.append(topic, Collections.nCopies(1_000, record(0))).await();
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET /topics/t/replay HTTP/1.1\r\nhost: x\r\n\r\n");
            server.await(() -> server.log.readBytes() > 0);

            server.log.breakDown(new CorruptException("the block at 17 is damaged"));

            assertThat(client.readAll()).contains("{\"error\":{\"error_code\":50002,")
                    .doesNotContain("\r\n0\r\n\r\n");
        }
    }

    @Test
    void recordsThatWereDeletedAreTold() {
        produce(0, "1", "2", "3");
        server.log.trim(topic, 0, 2);

        assertThat(server.get("/topics/t/replay?format=json&from=0:0").body().lines()).first()
                .isEqualTo("{\"skipped\":{\"topic\":\"t\",\"partition\":0,\"from\":0,\"to\":2}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/topics/nix/replay | 404 | 40401",
            "/topics/t/replay?from=0 | 400 | 400", "/topics/t/replay?to=5 | 400 | 400",
            "/topics/t/replay?from=0:1 | 416 | 41601",
            "/topics/t/replay?to=yesterday | 400 | 400",
            "/topics/t/replay?from=2026-11-21 | 400 | 400"})
    void aReplayThatMakesNoSenseIsRefused(String path, int status, int code) {
        HttpResponse<String> answer = server.get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"error_code\":" + code + ",");
        assertThat(server.edge.openReplays()).isZero();
    }

    private static String after(List<String> lines) {
        long[] next = new long[2];
        for (String line : lines) {
            JsonObject record = new JsonObject(line);
            next[record.getInteger("partition")] = record.getLong("offset") + 1;
        }
        return "0:" + next[0] + ",1:" + next[1];
    }

    private void produce(int partition, String... values) {
        for (String value : values) {
            server.post("/topics/t/partitions/" + partition, JSON,
                    "{\"records\":[{\"value\":" + value + "}]}");
        }
    }

    private static List<String> values(String lines) {
        List<String> values = new ArrayList<>();
        lines.lines().forEach(line -> values.add(new JsonObject(line).getValue("value") + ""));
        return values;
    }

    private static NewRecord record(int partition) {
        return new NewRecord(OptionalInt.of(partition), new LogRecord(LogRecord.NO_TIMESTAMP,
                Optional.empty(), Optional.of(ByteBuffer.allocate(RECORD_SIZE)), List.of()));
    }
}
