package io.cordwood.server.http.exchange;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Objects;

/** The type of a request's body. */
public final class ContentType {

    private ContentType() {}

    /**
     * The media type of the body, in small letters and without parameters; empty if the request
     * names none. Refuses bodies that are compressed or not in UTF-8: what they would become in
     * memory is not known before they are read.
     */
    public static String of(HttpServerRequest request) {
        String encoding = request.getHeader("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw unsupported(
                    "compressed bodies are not supported: send it without Content-Encoding");
        }
        String[] pieces = Objects.requireNonNullElse(request.getHeader("content-type"), "")
                .split(";", -1);
        for (int i = 1; i < pieces.length; i++) {
            String piece = pieces[i].strip().toLowerCase(Locale.ROOT).replace("\"", "");
            if (piece.startsWith("charset=") && !piece.equals("charset=utf-8")) {
                throw unsupported("JSON is sent in UTF-8");
            }
        }
        return pieces[0].strip().toLowerCase(Locale.ROOT);
    }

    /** A refusal of a body's type. */
    public static RefusedException unsupported(String message) {
        return new RefusedException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, message);
    }
}
