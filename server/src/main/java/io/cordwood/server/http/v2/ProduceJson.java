package io.cordwood.server.http.v2;

import io.cordwood.server.http.exchange.ErrorBody;
import io.cordwood.server.log.AppendResult;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What became of produced records, as JSON: one entry for each record, in the order of the request.
 */
public final class ProduceJson {

    private ProduceJson() {}

    /** The answer to a produce request. */
    public static JsonObject of(List<AppendResult> results) {
        JsonArray offsets = new JsonArray();
        results.forEach(result -> offsets.add(entry(result)));
        return new JsonObject().put("offsets", offsets).putNull("key_schema_id")
                .putNull("value_schema_id");
    }

    private static JsonObject entry(AppendResult result) {
        return switch (result) {
            case AppendResult.Stored stored -> new JsonObject().put("partition", stored.partition())
                    .put("offset", stored.offset());
            case AppendResult.Failed failed -> failure(ErrorBody.of(failed.reason()));
        };
    }

    private static JsonObject failure(ErrorBody error) {
        return new JsonObject().putNull("partition").putNull("offset")
                .put("error_code", error.code().code()).put("error", error.message());
    }
}
