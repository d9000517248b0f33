/** What history files promise, from a batch that goes in to a batch that comes out. */
@NullMarked
package io.cordwood.history;

import org.jspecify.annotations.NullMarked;
