package io.cordwood.server.http.v2;

import io.cordwood.server.http.exchange.Accept;
import io.cordwood.server.http.exchange.ContentType;
import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.RefusedException;
import java.util.Optional;
import java.util.Set;

/** How the bytes of keys and values appear inside of JSON. */
public enum EmbeddedFormat {

    /** As base64: any bytes. */
    BINARY("application/vnd.kafka.binary.v2+json"),
    /** As they are: the bytes are JSON themselves. */
    JSON("application/vnd.kafka.json.v2+json");

    /** Types that leave the format open. The peers then use binary, which can show every record. */
    private static final Set<String> OPEN = Set.of("*/*", "application/*", "application/json",
            "application/vnd.kafka.v2+json");

    private final String mediaType;

    EmbeddedFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The media type of a body with records in this format. */
    public String mediaType() {
        return mediaType;
    }

    /** The format of a body with records that has this type. */
    public static EmbeddedFormat ofBody(String contentType) {
        for (EmbeddedFormat format : values()) {
            if (format.mediaType.equals(contentType)) {
                return format;
            }
        }
        throw ContentType.unsupported("records come as " + BINARY.mediaType
                + " (keys and values in base64) or "
                + JSON.mediaType + " (keys and values are JSON): set Content-Type to one of them");
    }

    /** The most welcome of the formats that a client accepts. */
    public static EmbeddedFormat accepted(Accept accept) {
        return preferred(accept).orElseThrow(() -> new RefusedException(ErrorCode.NOT_ACCEPTABLE,
                "records are served as " + BINARY.mediaType + " or " + JSON.mediaType));
    }

    /** The most welcome of the formats that a client accepts, if it accepts any. */
    public static Optional<EmbeddedFormat> preferred(Accept accept) {
        return accept.types().stream().flatMap(type -> named(type).stream()).findFirst();
    }

    private static Optional<EmbeddedFormat> named(String acceptedType) {
        if (acceptedType.equals(JSON.mediaType)) {
            return Optional.of(JSON);
        }
        boolean binary = acceptedType.equals(BINARY.mediaType) || OPEN.contains(acceptedType);
        return binary ? Optional.of(BINARY) : Optional.empty();
    }
}
