package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the REST catalog answers, byte by byte. */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class CatalogWireTest {

    private static final String TABLES = "/v1/namespaces/topics/tables";

    private final HttpClient client = HttpClient.newHttpClient();

    private LocalTables tables;

    @BeforeAll
    void start(@TempDir Path folder) throws InterruptedException {
        tables = new LocalTables(folder);
        tables.clients().createTopic("without-history", 1);
    }

    @AfterAll
    void stop() {
        tables.close();
        client.close();
    }

    @Test
    void clientsAreToldHowTheBucketIsReachedAndWhatIsSupported() throws Exception {
        JsonObject config = new JsonObject(get("/v1/config?warehouse=any").body());

        assertThat(config.getJsonObject("defaults"))
                .isEqualTo(new JsonObject().put("client.region", "here"));
        assertThat(config.getJsonArray("endpoints")).hasSize(6)
                .contains("GET /v1/{prefix}/namespaces/{namespace}/tables/{table}")
                .noneMatch(endpoint -> endpoint.toString().startsWith("POST"));
    }

    @Test
    void allTablesAreInOneNamespace() throws Exception {
        assertThat(new JsonObject(get("/v1/namespaces").body())).isEqualTo(new JsonObject()
                .put("namespaces", new JsonArray().add(new JsonArray().add("topics"))));
        assertThat(new JsonObject(get("/v1/namespaces?parent=topics").body()))
                .isEqualTo(new JsonObject().put("namespaces", new JsonArray()));
        assertThat(new JsonObject(get("/v1/namespaces/topics").body()).getJsonArray("namespace"))
                .containsExactly("topics");
        assertThat(send("HEAD", "/v1/namespaces/topics").statusCode()).isEqualTo(204);
    }

    @Test
    void aTopicWithoutHistoryIsNoTable() throws Exception {
        assertThat(new JsonObject(get(TABLES).body()))
                .isEqualTo(new JsonObject().put("identifiers", new JsonArray()));
        assertError(get(TABLES + "/without-history"), 404, "NoSuchTableException");
        assertError(get(TABLES + "/no%20topic%2F"), 404, "NoSuchTableException");
        assertThat(send("HEAD", TABLES + "/without-history").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsNotThereIsRefusedAsTheProtocolHasIt() throws Exception {
        assertError(get("/v1/namespaces/other"), 404, "NoSuchNamespaceException");
        assertError(get("/v1/namespaces/other/tables"), 404, "NoSuchNamespaceException");
        assertError(get("/v1/namespaces/topics%1Fpart/tables"), 404, "NoSuchNamespaceException");
        assertError(get("/v1/namespaces?parent=other"), 404, "NoSuchNamespaceException");
        assertError(get("/v1/namespaces/topics/views"), 404, "NoSuchElementException");
        assertError(get(TABLES + "/orders?snapshots=some"), 400, "BadRequestException");
    }

    @Test
    void whatWouldChangeSomethingIsForbidden() throws Exception {
        assertError(send("POST", "/v1/namespaces"), 403, "ForbiddenException");
        assertError(send("POST", TABLES), 403, "ForbiddenException");
        assertError(send("POST", TABLES + "/orders"), 403, "ForbiddenException");
        assertError(send("DELETE", TABLES + "/orders"), 403, "ForbiddenException");
        assertError(send("POST", "/v1/tables/rename"), 403, "ForbiddenException");
    }

    private static void assertError(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        JsonObject error = new JsonObject(answer.body()).getJsonObject("error");
        assertThat(error.getInteger("code")).isEqualTo(status);
        assertThat(error.getString("type")).isEqualTo(type);
        assertThat(error.getString("message")).isNotBlank();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    private HttpResponse<String> send(String method, String path)
            throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(tables.uri() + path))
                .method(method, method.equals("POST")
                        ? BodyPublishers.ofString("{}")
                        : BodyPublishers.noBody())
                .build(), BodyHandlers.ofString());
    }
}
