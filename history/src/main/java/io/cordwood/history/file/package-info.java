/**
 * What a history file is: its columns, the facts in its footer, and what the log keeps of it.
 *
 * <p>A history file is a Parquet file that holds a stretch of one partition, record for record. Any
 * reader of Parquet can read it; the log reads it back as batches. This package knows nothing of
 * how either is done.
 */
@NullMarked
package io.cordwood.history.file;

import org.jspecify.annotations.NullMarked;
