package io.cordwood.ingest.wal;

/**
 * How the local WAL is.
 *
 * @param unwrittenBytes of batches that are not in their files yet
 * @param lostSegments segments whose files could not be written: they are not safe from a crash of
 * this
 *        node until they are committed
 * @param failing whether the last write failed
 */
public record WalStatistics(long unwrittenBytes, long lostSegments, boolean failing) {}
