package io.cordwood.store.batch;

/**
 * Where a record is, and when it was.
 *
 * @param timestampMillis in milliseconds since 1970 (UTC), or
 *        {@link LogRecord#NO_TIMESTAMP}
 */
public record TimedOffset(long offset, long timestampMillis) {}
