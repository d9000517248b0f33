package io.cordwood.simulation.truth;

import io.cordwood.store.batch.StoredRecord;
import java.nio.ByteBuffer;

/**
 * What identifies a record's content.
 *
 * @param id of the record, which its value begins with
 */
public record Content(long id, long timestampMillis, int size) {

    /** The content of a record as a reader got it. */
    public static Content of(StoredRecord stored) {
        ByteBuffer value = stored.record().value().orElseThrow();
        return new Content(value.getLong(value.position()), stored.record().timestampMillis(),
                value.remaining());
    }
}
