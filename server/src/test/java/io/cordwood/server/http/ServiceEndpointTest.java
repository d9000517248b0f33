package io.cordwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServiceEndpointTest {

    private final EdgeServer server = new EdgeServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aNodeThatServesIsHealthy() {
        HttpResponse<String> answer = server.get("/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void aNodeThatDoesNotServeSaysWhy() {
        server.health.set(new Health(List.of("the bucket does not answer")));

        HttpResponse<String> answer = server.get("/health");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo(
                "{\"status\":\"failing\",\"reasons\":[\"the bucket does not answer\"]}");
    }

    @Test
    void metricsAreServedAsPrometheusReadsThem() {
        HttpResponse<String> answer = server.get("/metrics");

        assertThat(answer.headers().firstValue("content-type"))
                .hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).isEqualTo("up 1\n");
    }

    @Test
    void theIndexTeachesWithTheAddressItWasAskedAt() {
        HttpResponse<String> answer = server.get("/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("curl -X POST http://127.0.0.1:" + server.port() + "/admin/topics");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/consumers/group", "/consumers/group/instances/i/records"})
    void consumerGroupsAreRefusedLoudly(String path) {
        HttpResponse<String> answer = server.post(path, "application/vnd.kafka.v2+json", "{}");

        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(answer.body()).contains("\"error_code\":501,").contains("/tail");
    }

    @Test
    void aMethodThatAPathDoesNotHaveIsRefused() {
        HttpResponse<String> answer = server.send(
                server.request("/topics").PUT(HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.body()).contains("\"error_code\":405,");
    }
}
