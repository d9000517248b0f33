/** What goes when nobody needs it any more, and what stays, as tests. */
@NullMarked
package io.cordwood.indexer.collect;

import org.jspecify.annotations.NullMarked;
