/** What goes by itself, as a specification. */
@NullMarked
package io.cordwood.indexer.retention;

import org.jspecify.annotations.NullMarked;
