package io.cordwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TopicsEndpointTest {

    private final EdgeServer server = new EdgeServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void topicsAreListedByName() {
        server.topic("b", 1);
        server.topic("a", 1);

        HttpResponse<String> answer = server.get("/topics");

        assertThat(answer.headers().firstValue("content-type"))
                .hasValue("application/vnd.kafka.v2+json");
        assertThat(answer.body()).isEqualTo("[\"a\",\"b\"]");
    }

    @Test
    void aTopicIsShownAsTheDialectShowsIt() {
        server.topic("a", 2);

        HttpResponse<String> answer = server.get("/topics/a");

        assertThat(answer.body()).isEqualTo("""
                {"name":"a","configs":{},"partitions":[\
                {"partition":0,"leader":0,"replicas":[{"broker":0,"leader":true,"in_sync":true}]},\
                {"partition":1,"leader":0,"replicas":[{"broker":0,"leader":true,"in_sync":true}]}]}\
                """);
    }

    @Test
    void partitionsAreShownTogetherAndAlone() {
        server.topic("a", 2);

        String all = server.get("/topics/a/partitions").body();
        String one = server.get("/topics/a/partitions/1").body();

        assertThat(all).startsWith("[{\"partition\":0,").endsWith("," + one + "]");
    }

    @Test
    void offsetsAreShown() {
        server.topic("a", 1);
        server.post("/topics/a", EdgeServer.BINARY, "{\"records\": [{}, {}, {}]}");
        server.log.trim(server.log.topics().getFirst().name(), 0, 1);

        HttpResponse<String> answer = server.get("/topics/a/partitions/0/offsets");

        assertThat(answer.body()).isEqualTo("{\"beginning_offset\":1,\"end_offset\":3}");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1001, 0", "1003, 2", "1004, null"})
    void theOffsetAtATimeIsThatOfTheFirstRecordNotBeforeIt(long timestamp, String offset) {
        server.topic("a", 1);
        server.post("/topics/a", EdgeServer.BINARY, "{\"records\": [{}, {}, {}]}");

        HttpResponse<String> answer = server
                .get("/topics/a/partitions/0/offsets?timestamp=" + timestamp);

        assertThat(answer.body()).isEqualTo("{\"beginning_offset\":0,\"end_offset\":3,"
                + "\"timestamp\":" + timestamp + ",\"offset\":" + offset + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/topics/b | 404 | 40401",
            "/topics/b/partitions | 404 | 40401", "/topics/b/partitions/0 | 404 | 40401",
            "/topics/b/partitions/0/offsets | 404 | 40401",
            "/topics/b/partitions/0/records?offset=0 | 404 | 40401",
            "/topics/a/partitions/2 | 404 | 40402", "/topics/a/partitions/2/offsets | 404 | 40402",
            "/topics/a/partitions/2/records?offset=0 | 404 | 40402",
            "/topics/a/partitions/9999999999 | 400 | 400",
            "/topics/a/partitions/0x0/offsets | 400 | 400",
            "/topics/a/partitions/0/offsets?timestamp=now | 400 | 400", "/topic | 404 | 404",
            "/topics/a/partitions/0/offsets/x | 404 | 404"})
    void whatIsNotThereIsNamedPrecisely(String path, int status, int code) {
        server.topic("a", 2);

        HttpResponse<String> answer = server.get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValue("application/vnd.kafka.v2+json");
        assertThat(answer.body()).contains("\"error_code\":" + code + ",");
    }
}
