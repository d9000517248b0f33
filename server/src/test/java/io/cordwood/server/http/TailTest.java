package io.cordwood.server.http;

import static io.cordwood.server.http.EdgeServer.BINARY;
import static io.cordwood.server.http.EdgeServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.server.http.EventStream.Event;
import io.cordwood.server.http.exchange.RequestBounds;
import io.cordwood.server.http.stream.StreamBounds;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TailTest {

    private final EdgeServer server = new EdgeServer(new HttpSettings(RequestBounds.STANDARD,
            PageBounds.STANDARD,
            new StreamBounds(2, 3, 256 << 10, Duration.ofMillis(20), Duration.ofMillis(20)),
            StreamBounds.REPLAYS));
    private final TopicName topic = server.topic("t", 2);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void recordsAreSentAsTheyAreAppended() {
        produce(0, "1");
        try (EventStream tail = server.follow("/topics/t/tail?format=json")) {
            produce(0, "2");
            produce(1, "3");

            assertThat(tail.answer().headers().firstValue("content-type"))
                    .hasValue("text/event-stream");
            assertThat(tail.next(2)).containsExactly(
                    new Event("0:2,1:0", "message", "{\"topic\":\"t\",\"key\":null,\"value\":2,"
                            + "\"partition\":0,\"offset\":1,\"timestamp\":1002}"),
                    new Event("0:2,1:1", "message", "{\"topic\":\"t\",\"key\":null,\"value\":3,"
                            + "\"partition\":1,\"offset\":0,\"timestamp\":1003}"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"from=beginning | 1,2,3,4", "from=1&partition=0 | 2",
            "from=0:2,1:1 | 4", "from=0:1 | 2,3,4", "from=beginning&partition=1 | 3,4",
            "from=beginning&partition=0,1 | 1,2,3,4"})
    void aTailBeginsWhereItIsToldTo(String query, String values) {
        produce(0, "1", "2");
        produce(1, "3", "4");
        List<String> expected = List.of(values.split(","));

        try (EventStream tail = server.follow("/topics/t/tail?format=json&" + query)) {
            assertThat(values(tail.next(expected.size())))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void aClientThatComesBackGoesOnExactlyAfterTheLastEventItSaw() {
        List<String> seen = new ArrayList<>();
        String last = "0:0,1:0";
        for (int i = 0; i < 10; i++) {
            produce(i % 2, "" + 3 * i, "" + (3 * i + 1), "" + (3 * i + 2));
            try (EventStream tail = server.follow("/topics/t/tail?format=json&from=end",
                    "last-event-id", last)) {
                List<Event> events = tail.next(2);
                seen.addAll(values(events));
                last = events.getLast().id();
            }
        }
        try (EventStream tail = server.follow("/topics/t/tail?format=json", "last-event-id",
                last)) {
            seen.addAll(values(tail.next(10)));
        }

        assertThat(seen).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void anIdleTailShowsThatItLives() {
        try (EventStream tail = server.follow("/topics/t/tail")) {
            assertThat(tail.nextComment()).isEqualTo(": t");
            assertThat(tail.nextComment()).isEqualTo(":");
            assertThat(tail.nextComment()).isEqualTo(":");
        }
    }

    @Test
    void anEventIsOneLineHoweverItsRecordWasWritten() {
        try (EventStream tail = server.follow("/topics/t/tail?partition=0&format=json")) {
            produce(0, "{\"a\":\\n\\r 1}".translateEscapes());

            assertThat(tail.next().data()).contains("\"value\":{\"a\":   1},");
        }
    }

    @ParameterizedTest
    @CsvSource({"text/event-stream, '', Mg==", "text/event-stream, format=json, 2",
            "application/vnd.kafka.json.v2+json, '', 2",
            "application/vnd.kafka.json.v2+json, format=binary, Mg==", "*/*, '', Mg=="})
    void theFormatIsThatOfTheQueryOrElseThatWhichIsAccepted(String accept, String query,
            String value) {
        try (EventStream tail = server.follow("/topics/t/tail?partition=0&" + query, "accept",
                accept)) {
            produce(0, "2");

            assertThat(values(tail.next(1))).containsExactly(value);
        }
    }

    @Test
    void recordsThatWereDeletedBeforeTheyWereSentAreToldOf() {
        produce(0, "1", "2", "3");
        server.log.trim(topic, 0, 2);

        try (EventStream tail = server.follow("/topics/t/tail?partition=0&format=json",
                "last-event-id", "0:1")) {
            assertThat(tail.next()).isEqualTo(new Event("0:2", "skipped",
                    "{\"topic\":\"t\",\"partition\":0,\"from\":1,\"to\":2}"));
            assertThat(values(tail.next(1))).containsExactly("3");
        }
    }

    @Test
    void offsetsThatNoRecordHasAreSteppedOver() {
        produce(0, "1");
        server.log.leaveGap(topic, 0, 5);
        produce(0, "2");
        server.log.leaveGap(topic, 0, 3);

        try (EventStream tail = server.follow("/topics/t/tail?from=beginning&partition=0")) {
            assertThat(tail.next(2)).extracting(Event::id).containsExactly("0:1", "0:10");
        }
    }

    @Test
    void aRecordThatIsNotJsonIsToldOfAndTheTailGoesOn() {
        try (EventStream tail = server.follow("/topics/t/tail?partition=0&format=json")) {
            server.post("/topics/t/partitions/0", BINARY, "{\"records\": [{\"value\": \"/w==\"}]}");
            produce(0, "2");

            Event unreadable = tail.next();
            assertThat(unreadable.name()).isEqualTo("unreadable");
            assertThat(unreadable.id()).isEqualTo("0:1");
            assertThat(unreadable.data()).contains("\"offset\":0", "\"error_code\":40601");
            assertThat(values(tail.next(1))).containsExactly("2");
        }
    }

    @Test
    void aDeletedTopicEndsItsTails() {
        try (EventStream tail = server.follow("/topics/t/tail")) {
            server.delete("/admin/topics/t");

            assertThat(tail.next()).isEqualTo(new Event("", "deleted", "{\"topic\":\"t\"}"));
            assertThat(tail.rest()).isEmpty();
        }
        server.await(() -> server.edge.openTails() == 0);
    }

    @Test
    void aTopicThatWasCreatedAnewIsNotTheOneThatWasFollowed() {
        produce(0, "1", "2");
        try (EventStream tail = server.follow("/topics/t/tail?from=0:2,1:0")) {
            server.log.breakDown(new UnavailableException("not now"));
            synchronized (server.log) {
                server.log.recover();
                server.log.deleteTopic(topic);
                server.log.createTopic(topic, 2);
            }

            assertThat(tail.next().name()).isEqualTo("deleted");
        }
    }

    @Test
    void aPassingFailureIsWaitedOut() {
        try (EventStream tail = server.follow("/topics/t/tail?partition=0&format=json")) {
            server.log.await(log -> log.waitingReads() == 1);
            int reads = server.log.reads();
            server.log.breakDown(new UnavailableException("the bucket does not answer"));
            server.log.await(log -> log.reads() > reads + 1);
            server.log.recover();
            produce(0, "1");

            assertThat(values(tail.next(1))).containsExactly("1");
        }
    }

    @Test
    void aFailureThatDoesNotPassEndsTheTailWithWordOfIt() {
        try (EventStream tail = server.follow("/topics/t/tail")) {
            server.log.await(log -> log.waitingReads() == 2);
            server.log.breakDown(new CorruptException("the block at 17 is damaged"));

            assertThat(tail.next()).isEqualTo(new Event("", "error",
                    "{\"error_code\":50002,\"message\":\"the block at 17 is damaged\"}"));
            assertThat(tail.rest()).isEmpty();
        }
    }

    @Test
    void onlySoManyTailsAreOpenAndTheirPlacesBecomeFree() {
        EventStream first = server.follow("/topics/t/tail");
        EventStream second = server.follow("/topics/t/tail");
        HttpResponse<String> third = server.get("/topics/t/tail");
        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(third.headers().firstValue("retry-after")).isPresent();

        first.close();
        second.close();

        server.await(() -> server.edge.openTails() == 0);
        server.follow("/topics/t/tail").close();
    }

    @Test
    void aTailThatIsRefusedTakesNoPlace() {
        for (int i = 0; i < 3; i++) {
            assertThat(server.get("/topics/nix/tail").statusCode()).isEqualTo(404);
        }

        assertThat(server.edge.openTails()).isZero();
    }

    @Test
    void tailsEndWithTheServer() {
        try (EventStream tail = server.follow("/topics/t/tail")) {
            assertThat(tail.nextComment()).isEqualTo(": t");

            server.edge.close();

            assertThat(tail.rest()).doesNotContain("event:");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/topics/nix/tail | 404 | 40401",
            "/topics/t/tail?partition=2 | 404 | 40402", "/topics/t/tail?partition=x | 400 | 400",
            "/topics/t/tail?from=now | 400 | 400", "/topics/t/tail?from=-1 | 400 | 400",
            "/topics/t/tail?from=0 | 400 | 400", "/topics/t/tail?from=0:1,0:1 | 400 | 400",
            "/topics/t/tail?from=0:1,1 | 400 | 400", "/topics/t/tail?from=0:1 | 416 | 41601",
            "/topics/t/tail?from=1&partition=0 | 416 | 41601",
            "/topics/t/tail?format=xml | 400 | 400", "/topics/wide/tail | 400 | 40002",
            "/topics/a%20b/tail | 400 | 40002"})
    void aTailThatMakesNoSenseIsRefused(String path, int status, int code) {
        server.topic("wide", 4);

        HttpResponse<String> answer = server.get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"error_code\":" + code + ",");
    }

    @Test
    void aLastEventIdThatMakesNoSenseIsRefused() {
        assertThat(server.get("/topics/t/tail", "last-event-id", "abc").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aTailIsServedAsEventsOnly() {
        assertThat(server.get("/topics/t/tail", "accept", "text/html").statusCode())
                .isEqualTo(406);
    }

    private void produce(int partition, String... values) {
        String records = "{\"value\": " + String.join("}, {\"value\": ", values) + "}";
        HttpResponse<String> answer = server.post("/topics/t/partitions/" + partition, JSON,
                "{\"records\": [" + records + "]}");
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static List<String> values(List<Event> events) {
        return events.stream()
                .map(event -> new JsonObject(event.data()).getValue("value").toString())
                .toList();
    }
}
