package io.cordwood.manifest.event;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a key of a shard is to hold. Only the group coordinator knows what it means.
 *
 * @param value empty where the key is to be gone
 */
public record GroupRecord(ByteString key, Optional<ByteString> value) {

    /** A record of copies of the remaining bytes. */
    public static GroupRecord copyOf(ByteBuffer key, Optional<ByteBuffer> value) {
        return new GroupRecord(ByteString.copyFrom(key.duplicate()),
                value.map(bytes -> ByteString.copyFrom(bytes.duplicate())));
    }

    /** A fresh view of the key. */
    public ByteBuffer keyBytes() {
        return key.asReadOnlyByteBuffer();
    }

    /** A fresh view of the value. */
    public Optional<ByteBuffer> valueBytes() {
        return value.map(ByteString::asReadOnlyByteBuffer);
    }

    /** How many bytes it has. */
    public int size() {
        return key.size() + value.map(ByteString::size).orElse(0);
    }
}
