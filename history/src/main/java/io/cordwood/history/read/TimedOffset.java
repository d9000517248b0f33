package io.cordwood.history.read;

/**
 * Where a record is, and when it was.
 *
 * @param timestampMillis in milliseconds since 1970 (UTC), or
 *        {@link io.cordwood.store.batch.LogRecord#NO_TIMESTAMP}
 */
public record TimedOffset(long offset, long timestampMillis) {}
