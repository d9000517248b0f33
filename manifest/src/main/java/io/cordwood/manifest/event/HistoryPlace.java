package io.cordwood.manifest.event;

import io.cordwood.store.object.ByteRange;
import java.util.UUID;

/**
 * A history file, as its entry says it: enough to read it with no look at anything but its tail.
 *
 * @param topic whose records it holds
 * @param tail where its tail lies, which ends it
 * @param tailCrc the CRC-32C of the tail
 * @param records how many it holds, control records among them
 * @param minTimestampMillis the smallest timestamp of those that readers see;
 *        {@link io.cordwood.store.batch.LogRecord#NO_TIMESTAMP} if none has one
 */
public record HistoryPlace(UUID topic, UUID id, ByteRange tail, int tailCrc, long records,
        long minTimestampMillis) {

    public HistoryPlace {
        if (tail.position() <= 0 || records < 0) {
            throw new IllegalArgumentException("a history file ends with its tail: " + id);
        }
    }

    /** Whether a run is all that the file holds. */
    public boolean isFilledBy(CommittedRun run) {
        return run.position() == 0 && run.length() == tail.end()
                && run.partition().topic().equals(topic);
    }
}
