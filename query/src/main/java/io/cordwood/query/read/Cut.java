package io.cordwood.query.read;

import io.cordwood.query.plan.Slice;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.batch.BatchHeader;
import java.nio.ByteBuffer;

/**
 * The whole batches at the beginning of a slice, their offsets filled in.
 *
 * @param batches from the batch that holds the wanted offset on; empty if none is whole
 * @param nextOffset the offset after the last of them
 * @param position where in the run the first batch begins that is not among them
 * @param missing how long the slice must be to hold one batch, if it holds none; else 0
 */
record Cut(ByteBuffer batches, long nextOffset, int position, int missing) {

    /** The leader epoch of every batch: offsets never diverge, so there is only one. */
    private static final int LEADER_EPOCH = 0;

    /**
     * Cuts the bytes of a slice, which are changed in place, to the batches of an interval.
     *
     * @throws CorruptException when they are not batches
     */
    static Cut of(Slice slice, ByteBuffer bytes, Interval wanted) {
        ByteBuffer buffer = bytes.slice();
        long offset = slice.baseOffset();
        int begin = 0;
        int end = 0;
        int size = sizeAt(buffer, end, slice);
        while (size <= buffer.capacity() - end && offset < wanted.end()) {
            BatchHeader header = new BatchHeader(buffer, end);
            header.assign(offset, LEADER_EPOCH);
            offset = header.lastOffset() + 1;
            end += size;
            begin = offset <= wanted.from() ? end : begin;
            size = sizeAt(buffer, end, slice);
        }
        boolean none = begin == end && size < Integer.MAX_VALUE && offset < wanted.end();
        int missing = none ? end + size : 0;
        return new Cut(buffer.slice(begin, end - begin), offset, slice.position() + end, missing);
    }

    /** The size of the batch at a position; the largest number at the end of the run. */
    private static int sizeAt(ByteBuffer buffer, int position, Slice slice) {
        int left = buffer.capacity() - position;
        if (left == 0 && slice.endsItsRun()) {
            return Integer.MAX_VALUE;
        }
        if (left < BatchHeader.SIZE_KNOWN_AFTER) {
            return BatchHeader.SIZE;
        }
        int size = new BatchHeader(buffer, position).batchSize();
        int leftInRun = slice.run().length() - slice.position() - position;
        if (size < BatchHeader.SIZE || size > leftInRun) {
            throw new CorruptException("the run at offset " + slice.run().baseOffset() + " in "
                    + slice.key() + " is damaged: a batch of " + size + " bytes where "
                    + leftInRun + " are left");
        }
        return size;
    }
}
