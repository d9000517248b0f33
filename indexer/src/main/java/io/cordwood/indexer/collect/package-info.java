/**
 * What nobody needs goes: segments that no run is in any more, or that none ever was in, and
 * manifest entries and checkpoints behind the newest.
 *
 * <p>What always holds: an object is deleted only if nobody can need it again, whatever this
 * process does not know yet; and that it is gone is believed when it was looked for in vain.
 */
@NullMarked
package io.cordwood.indexer.collect;

import org.jspecify.annotations.NullMarked;
