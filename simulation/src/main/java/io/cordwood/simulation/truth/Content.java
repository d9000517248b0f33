package io.cordwood.simulation.truth;

import io.cordwood.store.batch.StoredRecord;
import java.nio.ByteBuffer;

/**
 * What identifies a record's content.
 *
 * @param id of the record, which its value begins with
 */
public record Content(long id, long timestampMillis, int size) {

    /** So few that the records of a key are many. */
    private static final int KEYS = 7;

    /** The key of a record, by its number. */
    public static ByteBuffer key(long id) {
        return ByteBuffer.wrap(new byte[]{(byte) (id % KEYS)});
    }

    /** Whether another record has the same key. */
    boolean hasKeyOf(Content other) {
        return id % KEYS == other.id % KEYS;
    }

    /** The content of a record as a reader got it. */
    public static Content of(StoredRecord stored) {
        ByteBuffer value = stored.record().value().orElseThrow();
        return new Content(value.getLong(value.position()), stored.record().timestampMillis(),
                value.remaining());
    }
}
