package io.cordwood.query.plan;

import io.cordwood.manifest.state.Run;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectKey;

/**
 * Some consecutive bytes of a run, beginning with a batch and ending anywhere.
 *
 * @param position of the first byte in the run
 * @param offsetDelta of the first batch's first record, counted from the run's first
 * @param length in bytes
 */
public record Slice(Run run, int position, int offsetDelta, int length) {

    public Slice {
        if (position < 0 || length <= 0 || position > run.length() - length) {
            throw new IllegalArgumentException("a slice lies in its run");
        }
    }

    /** The object to read from. */
    public ObjectKey key() {
        return run.key();
    }

    /** The bytes to read. */
    public ByteRange range() {
        return run.segment().range(run.position() + position, length);
    }

    /** The offset of the first record in it. */
    public long baseOffset() {
        return run.baseOffset() + offsetDelta;
    }

    /** The same beginning, but another length. */
    public Slice withLength(int newLength) {
        return new Slice(run, position, offsetDelta, newLength);
    }

    /** Whether it reaches the end of its run, and so ends with a whole batch. */
    public boolean endsItsRun() {
        return position + length == run.length();
    }
}
