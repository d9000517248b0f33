package io.cordwood.server.http.exchange;

import io.cordwood.runtime.LogException;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/** A failure in the form in which clients get it. */
public record ErrorBody(ErrorCode code, String message) {

    private static final String BUG = "an error inside the server: its log has the details";

    /** What to tell about a failure: nothing of the inside of a bug. */
    public static ErrorBody of(Throwable failure) {
        return switch (failure) {
            case RefusedException refused -> new ErrorBody(refused.code(), message(refused));
            case LogException known -> new ErrorBody(ErrorCode.of(known), message(known));
            default -> new ErrorBody(ErrorCode.INTERNAL, BUG);
        };
    }

    /** The body of an answer of a v2 API. */
    public JsonObject json() {
        return new JsonObject().put("error_code", code.code()).put("message", message);
    }

    private static String message(RuntimeException failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "no reason given");
    }
}
