package io.cordwood.indexer.merge;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A part of an object that holds sources of a job. Sources that lie near each other are read
 * together: a request costs as much as many bytes.
 *
 * @param slices what is wanted of it, by position
 */
record SourceRead(ObjectKey key, ByteRange range, List<RunSlice> slices) {

    /** How many bytes that nobody wants are read rather than to ask twice. */
    private static final int GAP_BYTES_MAX = 64 << 10;

    private static final int LENGTH_MAX = 8 << 20;

    SourceRead {
        slices = List.copyOf(slices);
    }

    /** What to read for some slices, of which there is one at least. */
    static List<SourceRead> of(List<RunSlice> wanted) {
        List<RunSlice> slices = wanted.stream()
                .sorted(Comparator.comparing((RunSlice slice) -> slice.run().key().value())
                        .thenComparingLong(slice -> slice.range().position()))
                .toList();
        List<SourceRead> reads = new ArrayList<>();
        List<RunSlice> near = new ArrayList<>();
        long wantedBytes = 0;
        for (RunSlice slice : slices) {
            if (!near.isEmpty() && !isNear(near, wantedBytes, slice)) {
                reads.add(together(near));
                near.clear();
                wantedBytes = 0;
            }
            near.add(slice);
            wantedBytes += slice.length();
        }
        reads.add(together(near));
        return reads;
    }

    /** What is read and not wanted is held too: never more than what is wanted. */
    private static boolean isNear(List<RunSlice> near, long wantedBytes, RunSlice slice) {
        RunSlice first = near.getFirst();
        long end = near.getLast().range().end();
        long length = slice.range().end() - first.range().position();
        return first.run().key().equals(slice.run().key())
                && slice.range().position() - end <= GAP_BYTES_MAX
                && length <= LENGTH_MAX && length <= 2 * (wantedBytes + slice.length());
    }

    private static SourceRead together(List<RunSlice> near) {
        long begin = near.getFirst().range().position();
        long end = near.getLast().range().end();
        return new SourceRead(near.getFirst().run().key(),
                new ByteRange(begin, Math.toIntExact(end - begin)), near);
    }

    /** The bytes of a slice in what was read; fewer than it has where the object ended before. */
    ByteBuffer cut(RunSlice slice, ByteBuffer bytes) {
        int from = (int) Math.min(slice.range().position() - range.position(),
                bytes.remaining());
        return bytes.slice(bytes.position() + from,
                Math.min(slice.length(), bytes.remaining() - from));
    }
}
