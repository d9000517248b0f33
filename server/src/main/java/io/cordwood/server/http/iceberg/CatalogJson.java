package io.cordwood.server.http.iceberg;

import io.cordwood.iceberg.LoadedTable;
import io.cordwood.manifest.event.TopicName;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The bodies of answers. */
final class CatalogJson {

    /** Where all tables are. */
    static final String NAMESPACE = "topics";

    /** What is supported: clients ask for nothing else. */
    private static final List<String> ENDPOINTS = List.of(
            "GET /v1/{prefix}/namespaces",
            "GET /v1/{prefix}/namespaces/{namespace}",
            "HEAD /v1/{prefix}/namespaces/{namespace}",
            "GET /v1/{prefix}/namespaces/{namespace}/tables",
            "GET /v1/{prefix}/namespaces/{namespace}/tables/{table}",
            "HEAD /v1/{prefix}/namespaces/{namespace}/tables/{table}");

    private CatalogJson() {}

    /** Properties that clients use unless they have been told other ones. */
    static JsonObject config(Map<String, String> defaults) {
        JsonObject properties = new JsonObject();
        defaults.forEach(properties::put);
        return new JsonObject().put("defaults", properties).put("overrides", new JsonObject())
                .put("endpoints", new JsonArray(ENDPOINTS));
    }

    static JsonObject namespaces(List<String> names) {
        JsonArray all = new JsonArray();
        names.forEach(name -> all.add(new JsonArray().add(name)));
        return new JsonObject().put("namespaces", all);
    }

    static JsonObject namespace() {
        return new JsonObject().put("namespace", new JsonArray().add(NAMESPACE)).put("properties",
                new JsonObject().put("comment", "The history of the topics"));
    }

    static JsonObject tables(List<TopicName> names) {
        JsonArray all = new JsonArray();
        names.forEach(name -> all.add(new JsonObject()
                .put("namespace", new JsonArray().add(NAMESPACE)).put("name", name.value())));
        return new JsonObject().put("identifiers", all);
    }

    /** The metadata goes out as it is in the bucket: it is not parsed. */
    static Buffer table(LoadedTable table) {
        byte[] metadata = new byte[table.metadata().remaining()];
        table.metadata().duplicate().get(metadata);
        return Buffer.buffer("{\"metadata-location\":" + Json.encode(table.location())
                + ",\"metadata\":").appendBytes(metadata)
                .appendString(",\"config\":{}}");
    }
}
