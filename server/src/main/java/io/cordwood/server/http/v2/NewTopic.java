package io.cordwood.server.http.v2;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.RefusedException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A topic that is to be created.
 *
 * @param partitions how many it is to have; the log says how many there can be
 */
public record NewTopic(TopicName name, int partitions) {

    private static final Set<String> MEMBERS = Set.of("topic_name", "partitions_count",
            "replication_factor", "configs");

    /**
     * Reads the body of a request to create a topic. A replication factor is accepted and means
     * nothing: the bucket keeps the copies. Configurations are refused: none can be set yet.
     */
    public static NewTopic parse(byte[] body) {
        JsonObject json = object(body);
        for (String member : json.fieldNames()) {
            if (!MEMBERS.contains(member)) {
                throw invalid("the body has an unknown member: " + member);
            }
        }
        if (!(json.getValue("topic_name") instanceof String name)) {
            throw invalid("topic_name is missing, or not a string");
        }
        positive(json, "replication_factor");
        noConfigs(json.getValue("configs"));
        return new NewTopic(new TopicName(name), positive(json, "partitions_count"));
    }

    /** The answer once it is there. */
    public JsonObject json() {
        return new JsonObject().put("topic_name", name.value()).put("partitions_count", partitions);
    }

    private static JsonObject object(byte[] body) {
        try {
            return new JsonObject(Buffer.buffer(body));
        } catch (DecodeException notJson) {
            throw new RefusedException(ErrorCode.MALFORMED, "the body is not a JSON object",
                    notJson);
        }
    }

    private static int positive(JsonObject json, String member) {
        return switch (json.getValue(member)) {
            case null -> 1;
            case Integer number when number > 0 -> number;
            default -> throw invalid(member + " is not a whole number from 1 on");
        };
    }

    private static void noConfigs(@Nullable Object configs) {
        boolean empty = switch (configs) {
            case null -> true;
            case JsonObject object -> object.isEmpty();
            case JsonArray array -> array.isEmpty();
            default -> false;
        };
        if (!empty) {
            throw invalid("configs cannot be set: leave them out");
        }
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(ErrorCode.INVALID, message);
    }
}
