package io.cordwood.indexer.merge;

import io.cordwood.manifest.state.Run;
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
 * @param runs what is wanted of it, by position
 */
record SourceRead(ObjectKey key, ByteRange range, List<Run> runs) {

    /** How many bytes that nobody wants are read rather than to ask twice. */
    private static final int GAP_BYTES_MAX = 64 << 10;

    private static final int LENGTH_MAX = 8 << 20;

    SourceRead {
        runs = List.copyOf(runs);
    }

    /** What to read for a job. */
    static List<SourceRead> of(MergeJob job) {
        List<Run> runs = job.merges().stream().flatMap(merge -> merge.sources().stream())
                .sorted(Comparator.comparing((Run run) -> run.key().value())
                        .thenComparingLong(run -> range(run).position()))
                .toList();
        List<SourceRead> reads = new ArrayList<>();
        List<Run> near = new ArrayList<>();
        long wanted = 0;
        for (Run run : runs) {
            if (!near.isEmpty() && !isNear(near, wanted, run)) {
                reads.add(of(near));
                near.clear();
                wanted = 0;
            }
            near.add(run);
            wanted += run.length();
        }
        reads.add(of(near));
        return reads;
    }

    /** What is read and not wanted is held too: never more than what is wanted. */
    private static boolean isNear(List<Run> near, long wanted, Run run) {
        Run first = near.getFirst();
        long end = range(near.getLast()).end();
        long length = range(run).end() - range(first).position();
        return first.key().equals(run.key())
                && range(run).position() - end <= GAP_BYTES_MAX
                && length <= LENGTH_MAX && length <= 2 * (wanted + run.length());
    }

    private static SourceRead of(List<Run> near) {
        long begin = range(near.getFirst()).position();
        long end = range(near.getLast()).end();
        return new SourceRead(near.getFirst().key(),
                new ByteRange(begin, Math.toIntExact(end - begin)), near);
    }

    private static ByteRange range(Run run) {
        return run.segment().range(run.position(), run.length());
    }

    /** The bytes of a run in what was read; fewer than its length where the object ended before. */
    ByteBuffer cut(Run run, ByteBuffer bytes) {
        int from = (int) Math.min(range(run).position() - range.position(), bytes.remaining());
        return bytes.slice(bytes.position() + from,
                Math.min(run.length(), bytes.remaining() - from));
    }
}
