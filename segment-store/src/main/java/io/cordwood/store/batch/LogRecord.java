package io.cordwood.store.batch;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What a producer appends. An absent key or value is not an empty one.
 *
 * @param timestampMillis when it happened, in milliseconds since 1970 (UTC), or
 *        {@link #NO_TIMESTAMP}
 * @param headers in the producer's order; names may repeat
 */
public record LogRecord(long timestampMillis, Optional<ByteBuffer> key, Optional<ByteBuffer> value,
        List<RecordHeader> headers) {

    /** The timestamp of a record that has none. */
    public static final long NO_TIMESTAMP = -1;

    /** The largest timestamp that still fits a count of microseconds, as Parquet holds it. */
    public static final long TIMESTAMP_MAX_MILLIS = 9_200_000_000_000_000L;

    public LogRecord {
        if (!timestampIsValid(timestampMillis)) {
            throw new IllegalArgumentException(
                    "not a timestamp in milliseconds: " + timestampMillis);
        }
        headers = List.copyOf(headers);
    }

    /** Whether the number can be the timestamp of a record. */
    public static boolean timestampIsValid(long timestampMillis) {
        return timestampMillis >= NO_TIMESTAMP && timestampMillis <= TIMESTAMP_MAX_MILLIS;
    }
}
