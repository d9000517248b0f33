/**
 * The local WAL as a specification, its contract suite, and a WAL in memory for all who need one.
 */
@NullMarked
package io.cordwood.ingest.wal;

import org.jspecify.annotations.NullMarked;
