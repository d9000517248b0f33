package io.cordwood.cache;

import io.cordwood.store.object.ObjectKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a block is called on disk: 128 bits of the SHA-256 of its object's key, because keys are too
 * long for file names, and its index. The file's header holds the key itself.
 */
record BlockName(long hashHigh, long hashLow, long index) {

    static BlockName of(BlockKey key) {
        return ofFirst(key.object()).at(key.index());
    }

    /** The name of the object's first block. */
    static BlockName ofFirst(ObjectKey object) {
        ByteBuffer hash = ByteBuffer.wrap(
                sha256().digest(object.value().getBytes(StandardCharsets.US_ASCII)));
        return new BlockName(hash.getLong(), hash.getLong(), 0);
    }

    /** The name of another block of the same object. */
    BlockName at(long otherIndex) {
        return new BlockName(hashHigh, hashLow, otherIndex);
    }

    boolean isSameObject(BlockName other) {
        return hashHigh == other.hashHigh && hashLow == other.hashLow;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
