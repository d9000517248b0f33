package io.cordwood.server.http.exchange;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.regex.Pattern;

/**
 * How long a body says it is.
 *
 * @param known whether it says so at all: a chunked body does not
 * @param bytes its length; zero if it is not known
 */
record BodyLength(boolean known, long bytes) {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    BodyLength {
        if (bytes < 0) {
            throw new IllegalArgumentException("a length is not negative: " + bytes);
        }
    }

    /**
     * The length that a request declares. A request that declares no body at all has an empty one.
     */
    static BodyLength of(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        if (length != null && DIGITS.matcher(length).matches()) {
            return new BodyLength(true, Long.parseLong(length));
        }
        boolean none = length == null && request.version() != HttpVersion.HTTP_2
                && request.getHeader("transfer-encoding") == null;
        return new BodyLength(none, 0);
    }
}
