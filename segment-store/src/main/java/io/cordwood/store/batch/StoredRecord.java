package io.cordwood.store.batch;

/** A record where it is in its partition. Its buffers are views of the batch it was read from. */
public record StoredRecord(long offset, LogRecord record) {}
