/** What is merged when, as a specification. */
@NullMarked
package io.cordwood.indexer.merge;

import org.jspecify.annotations.NullMarked;
