package io.cordwood.indexer.merge;

import io.cordwood.manifest.state.Run;
import io.cordwood.store.object.ByteRange;

/**
 * Some consecutive bytes of a run in a segment. They begin with a batch; where they do not end with
 * the run, they may end anywhere.
 *
 * @param position of the first byte in the run
 * @param length in bytes
 */
public record RunSlice(Run run, int position, int length) {

    public RunSlice {
        if (position < 0 || length <= 0 || position > run.length() - length) {
            throw new IllegalArgumentException("a slice lies in its run");
        }
    }

    /** From a position on, as much of a run as there is, but no more than so many bytes. */
    public static RunSlice from(Run run, int position, long bytesMax) {
        return new RunSlice(run, position, (int) Math.min(bytesMax, run.length() - position));
    }

    /** What to read of the object. */
    public ByteRange range() {
        return run.segment().range(run.position() + position, length);
    }

    /** Whether it reaches the end of the run. */
    public boolean endsItsRun() {
        return position + length == run.length();
    }
}
