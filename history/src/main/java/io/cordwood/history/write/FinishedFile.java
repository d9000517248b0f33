package io.cordwood.history.write;

import io.cordwood.history.file.HistoryFile;
import io.cordwood.store.object.Bytes;

/** The bytes of a history file, not yet stored, and what the log has to keep of it. */
public record FinishedFile(Bytes bytes, HistoryFile file) {}
