/**
 * The fetch path: an offset or a time is found in the manifest's state, a plan says which bytes to
 * read, and reading is thin.
 *
 * <p>It reads from an object store and does not know that there is a cache; it never writes, and
 * never imports what does.
 */
@NullMarked
package io.cordwood.query;

import org.jspecify.annotations.NullMarked;
