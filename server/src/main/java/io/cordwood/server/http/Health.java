package io.cordwood.server.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Whether the node serves.
 *
 * @param problems why it does not; none if it does
 */
public record Health(List<String> problems) {

    /** A node that serves. */
    public static final Health OK = new Health(List.of());

    public Health {
        problems = List.copyOf(problems);
    }

    int status() {
        return problems.isEmpty() ? 200 : 503;
    }

    JsonObject json() {
        return problems.isEmpty()
                ? new JsonObject().put("status", "ok")
                : new JsonObject().put("status", "failing").put("reasons", new JsonArray(problems));
    }
}
