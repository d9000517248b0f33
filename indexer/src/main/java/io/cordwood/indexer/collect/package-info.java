/** What nobody needs goes: objects that no run is in any more, and entries behind a checkpoint. */
@NullMarked
package io.cordwood.indexer.collect;

import org.jspecify.annotations.NullMarked;
