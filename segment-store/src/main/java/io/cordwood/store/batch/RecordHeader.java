package io.cordwood.store.batch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A named value beside a record. Names may repeat; an absent value is not an empty one. */
public record RecordHeader(String key, Optional<ByteBuffer> value) {

    public RecordHeader {
        if (!keyIsValid(key)) {
            throw new IllegalArgumentException("the name of a header is not text");
        }
    }

    /**
     * Whether a text can name a header: half of a surrogate pair, which JSON can spell, has no
     * UTF-8.
     */
    public static boolean keyIsValid(String key) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(key);
    }
}
