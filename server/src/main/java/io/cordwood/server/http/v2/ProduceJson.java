package io.cordwood.server.http.v2;

import io.cordwood.server.http.exchange.ErrorBody;
import io.cordwood.server.log.AppendResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What became of produced records, as JSON: one entry for each record, in the order of the request.
 */
public final class ProduceJson {

    private static final int ENTRY_SIZE_BYTES = 48;

    private ProduceJson() {}

    /**
     * The answer to a produce request.
     *
     * @param results at least one
     */
    public static Buffer of(List<AppendResult> results) {
        JsonBytes json = new JsonBytes(results.size() * ENTRY_SIZE_BYTES).ascii("{\"offsets\":");
        String separator = "[";
        for (AppendResult result : results) {
            entry(result, json.ascii(separator));
            separator = ",";
        }
        return json.ascii("],\"key_schema_id\":null,\"value_schema_id\":null}").toBuffer();
    }

    private static void entry(AppendResult result, JsonBytes json) {
        switch (result) {
            case AppendResult.Stored stored -> json.ascii("{\"partition\":")
                    .number(stored.partition()).ascii(",\"offset\":").number(stored.offset())
                    .ascii("}");
            case AppendResult.Failed failed -> json
                    .bytes(failure(ErrorBody.of(failed.reason())).toBuffer().getBytes());
        }
    }

    private static JsonObject failure(ErrorBody error) {
        return new JsonObject().putNull("partition").putNull("offset")
                .put("error_code", error.code().code()).put("error", error.message());
    }
}
