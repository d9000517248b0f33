/**
 * Old runs become history: Parquet files, which take their place and are the only copy. Small files
 * become large ones as runs do. What cannot be converted stays as it is, and blocks nothing.
 */
@NullMarked
package io.cordwood.indexer.convert;

import org.jspecify.annotations.NullMarked;
