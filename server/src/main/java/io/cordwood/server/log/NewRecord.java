package io.cordwood.server.log;

import io.cordwood.store.batch.LogRecord;
import java.util.OptionalInt;

/** A record to append, and the partition it must go to if it must. */
public record NewRecord(OptionalInt partition, LogRecord record) {}
