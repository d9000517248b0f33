package io.cordwood.indexer.collect;

import io.cordwood.manifest.state.References;

/**
 * What the log was not needed for any more, at a point in time.
 *
 * <p>What a mark lets go is not needed later either. A checkpoint that is the last but one is
 * followed by newer ones only, so nobody starts before it; and an entry gives a place to runs when
 * it is applied and never again, so one that has let go of its runs has done so for ever.
 *
 * @param checkpoint the number of the last checkpoint but one, which the state below contains
 * @param references of the state that this process knew
 * @param nanos when, by the clock of this process's loop
 */
record Mark(long checkpoint, References references, long nanos) {

    /** Whether nobody needs an entry: no start, and no reader of the records in it. */
    boolean letsGo(long entry) {
        return entry <= checkpoint && !references.isLive(entry);
    }
}
