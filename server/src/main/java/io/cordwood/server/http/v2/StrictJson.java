package io.cordwood.server.http.v2;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/**
 * JSON in UTF-8, of bounded depth. The same bounds hold for what is produced and for what is read
 * back, so that what was accepted can be shown.
 */
final class StrictJson {

    /** One for all: creating it is dear, and it keeps no state that a caller could see. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(256)
                    .maxStringLength(Integer.MAX_VALUE).build())
            .build();

    private StrictJson() {}

    /** Whether the bytes are one JSON value and nothing else. */
    static boolean isOneValue(byte[] bytes, int position, int length) {
        try (JsonParser parser = FACTORY.createParser(bytes, position, length)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            parser.finishToken();
            return parser.nextToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }
}
