package io.cordwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.server.http.exchange.ErrorCode;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.ext.web.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The document that describes the edge and the edge itself say the same. */
@Timeout(60)
class OpenApiTest {

    private static final String CONSUMERS = "POST /consumers/{group}";

    private final EdgeServer server = new EdgeServer();
    private final JsonObject document = new JsonObject(server.get("/openapi.json").body());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void everyRouteIsDescribedAndEverythingDescribedHasARoute() {
        Set<String> described = new TreeSet<>();
        document.getJsonObject("paths")
                .forEach(path -> described.addAll(operations(path.getKey())));

        Set<String> routes = server.edge.router().getRoutes().stream()
                .filter(route -> route.getPath() != null).flatMap(route -> routes(route).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(routes).hasSizeGreaterThan(12);
    }

    @Test
    void everyPieceOfAPathIsAParameter() {
        for (String path : document.getJsonObject("paths").fieldNames()) {
            long pieces = path.chars().filter(c -> c == '{').count();
            JsonArray parameters = document.getJsonObject("paths").getJsonObject(path)
                    .getJsonArray("parameters", new JsonArray());

            assertThat(parameters).as(path).hasSize((int) pieces);
        }
    }

    @Test
    void everyOperationHasANameAWordOfExplanationAndAnswers() {
        List<String> names = new ArrayList<>();
        for (JsonObject operation : operations()) {
            names.add(operation.getString("operationId"));

            assertThat(operation.getString("summary")).isNotBlank();
            assertThat(operation.getJsonObject("responses")).isNotEmpty();
        }

        assertThat(names).doesNotHaveDuplicates().doesNotContainNull();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        collectReferences(document, references);

        assertThat(references).isNotEmpty().allSatisfy(reference -> assertThat(
                JsonPointer.from(reference.substring(1)).queryJson(document)).isNotNull());
    }

    @ParameterizedTest
    @EnumSource
    void everyErrorCodeIsListed(ErrorCode code) {
        String table = document.getJsonObject("components").getJsonObject("schemas")
                .getJsonObject("Error").getString("description");

        assertThat(table).contains("| " + code.status() + " | " + code.code() + " |");
    }

    private Set<String> operations(String path) {
        return document.getJsonObject("paths").getJsonObject(path).fieldNames().stream()
                .filter(name -> !name.equals("parameters"))
                .map(method -> HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)) + " "
                        + path)
                .collect(Collectors.toSet());
    }

    private List<JsonObject> operations() {
        List<JsonObject> operations = new ArrayList<>();
        for (String path : document.getJsonObject("paths").fieldNames()) {
            JsonObject item = document.getJsonObject("paths").getJsonObject(path);
            item.fieldNames().stream().filter(name -> !name.equals("parameters"))
                    .forEach(method -> operations.add(item.getJsonObject(method)));
        }
        return operations;
    }

    /** OpenAPI has no wildcards: one path stands for all that the edge refuses below it. */
    private static Set<String> routes(Route route) {
        String path = Objects.requireNonNullElse(route.getPath(), "");
        if (path.equals("/consumers/")) {
            return Set.of(CONSUMERS);
        }
        String described = path.replaceAll(":([a-z]+)", "{$1}");
        return route.methods().stream().map(method -> method + " " + described)
                .collect(Collectors.toSet());
    }

    private static void collectReferences(Object json, List<String> references) {
        switch (json) {
            case JsonObject object -> object.forEach(member -> {
                if (member.getKey().equals("$ref")) {
                    references.add((String) member.getValue());
                } else if (member.getValue() != null) {
                    collectReferences(member.getValue(), references);
                }
            });
            case JsonArray array -> array.forEach(item -> collectReferences(item, references));
            default -> {
            }
        }
    }
}
