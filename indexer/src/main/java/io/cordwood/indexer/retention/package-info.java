/** Records that are too old, or too many, go: the start of their partition moves past them. */
@NullMarked
package io.cordwood.indexer.retention;

import org.jspecify.annotations.NullMarked;
