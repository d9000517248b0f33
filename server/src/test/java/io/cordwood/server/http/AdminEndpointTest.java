package io.cordwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.UnknownOutcomeException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AdminEndpointTest {

    private final EdgeServer server = new EdgeServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/vnd.kafka.v2+json",
            "application/vnd.kafka.json.v2+json"})
    void aTopicIsCreatedAndThenThere(String type) {
        HttpResponse<String> answer = server.post("/admin/topics", type,
                "{\"topic_name\": \"a\", \"partitions_count\": 2}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("location")).hasValue("/topics/a");
        assertThat(answer.body()).isEqualTo("{\"topic_name\":\"a\",\"partitions_count\":2}");
        assertThat(server.get("/topics/a/partitions/1").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"replication_factor\": 3", "\"replication_factor\": null",
            "\"configs\": {}", "\"configs\": []", "\"configs\": null"})
    void whatMeansNothingHereIsAccepted(String member) {
        HttpResponse<String> answer = create("{\"topic_name\": \"a\", " + member + "}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).contains("\"partitions_count\":1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"topic_name\": \"a\", \"configs\": {\"retention.ms\": \"1\"}} | 422 | 422",
            "{\"topic_name\": \"a\", \"configs\": \"x\"} | 422 | 422",
            "{\"topic_name\": \"a\", \"partitions_count\": 0} | 422 | 422",
            "{\"topic_name\": \"a\", \"partitions_count\": \"2\"} | 422 | 422",
            "{\"topic_name\": \"a\", \"partitions_count\": 2.5} | 422 | 422",
            "{\"topic_name\": \"a\", \"partitions_count\": 10001} | 400 | 40002",
            "{\"topic_name\": \"a\", \"replication_factor\": 0} | 422 | 422",
            "{\"topic_name\": \"a\", \"partition_count\": 2} | 422 | 422",
            "{\"topic_name\": \"../a\"} | 400 | 40002", "{\"topic_name\": \"\"} | 400 | 40002",
            "{\"topic_name\": 1} | 422 | 422", "{} | 422 | 422", "[] | 400 | 400",
            "null | 400 | 400", "{ | 400 | 400", "`` | 400 | 400"})
    void aTopicThatMakesNoSenseIsNotCreated(String body, int status, int code) {
        HttpResponse<String> answer = create(body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"error_code\":" + code + ",");
        assertThat(server.log.topics()).isEmpty();
    }

    @Test
    void aTopicIsNotCreatedTwice() {
        server.topic("a", 1);

        HttpResponse<String> answer = create("{\"topic_name\": \"a\"}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("40904");
    }

    @Test
    void aDeletedTopicIsGone() {
        server.topic("a", 1);

        HttpResponse<String> answer = server.delete("/admin/topics/a");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(server.get("/topics/a").statusCode()).isEqualTo(404);
    }

    @Test
    void aTopicThatIsNotThereIsNotDeleted() {
        HttpResponse<String> answer = server.delete("/admin/topics/a");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("40401");
    }

    @Test
    void anUnknownOutcomeIsToldAsOne() {
        server.topic("a", 1);
        server.log.breakDown(new UnknownOutcomeException("look whether the topic is there"));

        HttpResponse<String> answer = server.delete("/admin/topics/a");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("50401").contains("look whether the topic is there");
    }

    @Test
    void aDescriptionOfUnusualSizeIsNotRead() {
        HttpResponse<String> answer = create("{\"topic_name\": \"" + "a".repeat(20_000) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("41301");
    }

    @Test
    void aDescriptionIsJson() {
        HttpResponse<String> answer = server.post("/admin/topics", "text/plain",
                "{\"topic_name\": \"a\"}");

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    private HttpResponse<String> create(String body) {
        return server.post("/admin/topics", "application/json", body);
    }
}
