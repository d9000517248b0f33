/** The local WAL in a folder, on real temporary folders. */
@NullMarked
package io.cordwood.ingest.wal.folder;

import org.jspecify.annotations.NullMarked;
