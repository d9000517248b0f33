/** What is left of partitions that are compacted. */
@NullMarked
package io.cordwood.indexer.compact;

import org.jspecify.annotations.NullMarked;
