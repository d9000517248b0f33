/**
 * The local WAL in a folder of this machine's disk.
 *
 * <p>A lock that is held for the life of the process keeps others out. Only the identity is synced.
 * This package moves bytes and knows nothing of what they say.
 */
@NullMarked
package io.cordwood.ingest.wal.folder;

import org.jspecify.annotations.NullMarked;
