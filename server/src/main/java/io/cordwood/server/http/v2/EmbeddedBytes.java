package io.cordwood.server.http.v2;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/**
 * Reads bytes that are embedded in a body, where the body's parser stands. JSON's {@code null} is
 * no bytes at all, in both formats: as a value it is a tombstone.
 */
final class EmbeddedBytes {

    private static final Base64Variant BASE64 = Base64Variants.MIME_NO_LINEFEEDS
            .withPaddingAllowed();

    private final JsonParser parser;
    private final byte[] body;
    private final EmbeddedFormat format;

    EmbeddedBytes(JsonParser parser, byte[] body, EmbeddedFormat format) {
        this.parser = parser;
        this.body = body;
        this.format = format;
    }

    /**
     * The bytes of a key or value in the body's format.
     *
     * @param what it is, for messages
     */
    Optional<ByteBuffer> read(String what) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        return Optional.of(switch (format) {
            case BINARY -> base64(what);
            case JSON -> json();
        });
    }

    /** Bytes in base64, whatever the body's format: header values always are. */
    Optional<ByteBuffer> readBase64(String what) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL
                ? Optional.empty()
                : Optional.of(base64(what));
    }

    private ByteBuffer base64(String what) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw notBase64(what, " is not a string in base64");
        }
        Optional<ByteBuffer> bytes = plainBase64();
        if (bytes.isPresent()) {
            return bytes.get();
        }
        try {
            return ByteBuffer.wrap(parser.getBinaryValue(BASE64));
        } catch (JsonParseException illegal) {
            throw notBase64(what, " is not base64: " + illegal.getOriginalMessage());
        }
    }

    /**
     * The bytes of a string that the platform can decode where it stands, many letters at a time:
     * without escapes or spaces, as clients send it. What it cannot decode, the parser judges; what
     * it can, the parser would decode to the same, and passes over when it goes on.
     */
    private Optional<ByteBuffer> plainBase64() {
        int start = position(parser.currentTokenLocation().getByteOffset()) + 1;
        int end = start;
        while (end < body.length && body[end] != '"') {
            end++;
        }
        try {
            return Optional.of(Base64.getDecoder().decode(ByteBuffer.wrap(body, start,
                    end - start)));
        } catch (IllegalArgumentException notPlain) {
            return Optional.empty();
        }
    }

    /** A view of the body: the value exactly as it was written, its spaces included. */
    private ByteBuffer json() throws IOException {
        int start = position(parser.currentTokenLocation().getByteOffset());
        parser.skipChildren();
        parser.finishToken();
        int end = position(parser.currentLocation().getByteOffset());
        return ByteBuffer.wrap(body, start, end - start).slice();
    }

    private static int position(long byteOffset) {
        return Math.toIntExact(byteOffset);
    }

    private static RefusedException notBase64(String what, String problem) {
        return new RefusedException(ErrorCode.INVALID, what + problem);
    }
}
