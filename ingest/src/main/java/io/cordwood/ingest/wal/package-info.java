/**
 * The local WAL: what a restarted process needs in order to finish what it had begun.
 *
 * <p>A directory has an identity for life, and one numbered file per segment, which is deleted when
 * the segment is committed. The WAL is a convenience, never a promise: nothing is synced, nothing
 * waits for it, and a disk that is full or broken stops no service, because what is acknowledged is
 * in the bucket. What is read back is checked bit by bit, since a crash may have cut it anywhere.
 *
 * <p>This package knows nothing of commits and uploads, and not on what kind of disk it is.
 */
@NullMarked
package io.cordwood.ingest.wal;

import org.jspecify.annotations.NullMarked;
