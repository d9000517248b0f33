/**
 * Stored pages become records, held in columns: Parquet's pages of version 1, plain or by
 * dictionary, compressed with Zstandard.
 *
 * <p>Parquet's library reads the heads of pages; what is on them is unpacked here, into arrays,
 * which is twice as fast as asking it for one value after the other. Everything here is a pure
 * function of bytes, and takes as long as decompressing takes: it is work for a worker.
 */
@NullMarked
package io.cordwood.history.rows;

import org.jspecify.annotations.NullMarked;
