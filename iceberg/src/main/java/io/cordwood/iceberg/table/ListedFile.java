package io.cordwood.iceberg.table;

import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.manifest.state.Run;

/** A history file that belongs to a table, and the run that it holds. */
record ListedFile(int partition, HistoryPlace file, Run run) {

    /** How many bytes it has. */
    long sizeBytes() {
        return file.tail().end();
    }
}
