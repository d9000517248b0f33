/** What nobody needs goes: segments that no run is in any more. */
@NullMarked
package io.cordwood.indexer.collect;

import org.jspecify.annotations.NullMarked;
