/** The fetch path as a specification, over a real manifest in a memory store. */
@NullMarked
package io.cordwood.query;

import org.jspecify.annotations.NullMarked;
