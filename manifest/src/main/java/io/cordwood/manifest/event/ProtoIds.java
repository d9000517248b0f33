package io.cordwood.manifest.event;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Ids as manifest.proto spells them: 16 bytes, the most significant first. */
public final class ProtoIds {

    private static final int SIZE = 16;

    private ProtoIds() {}

    public static ByteString toBytes(UUID id) {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return ByteString.copyFrom(bytes.flip());
    }

    /** Throws {@link IllegalArgumentException} for anything but 16 bytes. */
    public static UUID fromBytes(ByteString bytes) {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("an id has 16 bytes, not " + bytes.size());
        }
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
