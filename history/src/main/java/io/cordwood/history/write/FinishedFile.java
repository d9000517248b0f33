package io.cordwood.history.write;

import io.cordwood.history.file.HistoryFile;
import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.object.Bytes;

/**
 * A history file whose last bytes are not yet stored.
 *
 * @param bytes of the file: all that was not taken while it was written
 * @param file what the log has to keep of it
 * @param timestamps of the records that have one and that readers see
 * @param rowGroups how many it has
 */
public record FinishedFile(Bytes bytes, HistoryFile file, TimestampRange timestamps,
        int rowGroups) {}
