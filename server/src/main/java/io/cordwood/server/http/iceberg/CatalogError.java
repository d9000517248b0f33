package io.cordwood.server.http.iceberg;

import io.cordwood.runtime.LogException;
import io.cordwood.runtime.UnavailableException;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * A failure as the protocol has it.
 *
 * @param type the name of an exception of Iceberg's own client
 */
record CatalogError(int status, String type, String message) {

    static CatalogError noSuchNamespace(String name) {
        return new CatalogError(404, "NoSuchNamespaceException",
                "there is no namespace " + name + ": all tables are in "
                        + CatalogJson.NAMESPACE);
    }

    static CatalogError noSuchTable(String name) {
        return new CatalogError(404, "NoSuchTableException", "no topic " + name
                + " has history that was published as a table");
    }

    static CatalogError malformed(String message) {
        return new CatalogError(400, "BadRequestException", message);
    }

    static CatalogError noSuchPath() {
        return new CatalogError(404, "NoSuchElementException",
                "there is nothing here: GET /iceberg/v1/config says what is where");
    }

    static CatalogError readOnly() {
        return new CatalogError(403, "ForbiddenException",
                "this catalog is read only: the tables are written as topics are");
    }

    /** What to tell about a failure: nothing of the inside of a bug. */
    static CatalogError of(Throwable failure) {
        return switch (failure) {
            case UnavailableException passing -> new CatalogError(503,
                    "ServiceUnavailableException", message(passing));
            case LogException known -> new CatalogError(500, "RuntimeException",
                    message(known));
            default -> new CatalogError(500, "RuntimeException",
                    "an error inside the server: its log has the details");
        };
    }

    JsonObject json() {
        return new JsonObject().put("error", new JsonObject().put("message", message)
                .put("type", type).put("code", status));
    }

    private static String message(LogException failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "no reason given");
    }
}
