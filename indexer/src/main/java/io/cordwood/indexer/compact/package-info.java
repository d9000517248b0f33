/**
 * Of each key, only the last record is kept: partitions are compacted, one at a time, and what is
 * left of their runs becomes history files. Offsets never change, so there are gaps then.
 */
@NullMarked
package io.cordwood.indexer.compact;

import org.jspecify.annotations.NullMarked;
