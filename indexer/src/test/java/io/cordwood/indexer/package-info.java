/** The indexer as a specification, over a real manifest in a memory store. */
@NullMarked
package io.cordwood.indexer;

import org.jspecify.annotations.NullMarked;
