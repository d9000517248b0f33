package io.cordwood.store.segment;

import io.cordwood.runtime.CorruptException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The index of a segment: its runs, and the stretches of the long ones.
 *
 * @param runs in the order in which they lie
 * @param stretches of each run; none for a short one
 */
public record SegmentIndex(List<SegmentRun> runs, List<List<Stretch>> stretches) {

    public SegmentIndex {
        runs = List.copyOf(runs);
        stretches = List.copyOf(stretches);
        if (runs.size() != stretches.size()) {
            throw new IllegalArgumentException("each run has its stretches");
        }
        for (int i = 0; i < runs.size(); i++) {
            if (!divide(runs.get(i), stretches.get(i))) {
                throw new IllegalArgumentException("stretches divide their run: "
                        + runs.get(i).partition());
            }
        }
    }

    /** Whether the first stretch begins with the run, and each other one later in it. */
    private static boolean divide(SegmentRun run, List<Stretch> stretches) {
        Stretch last = new Stretch(0, 0, 0);
        for (int i = 0; i < stretches.size(); i++) {
            Stretch next = stretches.get(i);
            boolean begins = next.position() == 0 && next.offsetDelta() == 0;
            boolean follows = next.position() > last.position()
                    && next.offsetDelta() > last.offsetDelta();
            if (i == 0 ? !begins : !follows) {
                return false;
            }
            last = next;
        }
        return last.position() < run.length() && last.offsetDelta() < run.offsets();
    }

    /**
     * Reads the bytes of an index.
     *
     * @throws CorruptException when they are not an index
     */
    public static SegmentIndex parse(ByteBuffer bytes) {
        return SegmentIndexCodec.decode(bytes);
    }

    /**
     * Reads a whole segment, checking every checksum in it.
     *
     * @throws CorruptException when anything in it is not what was written
     */
    public static SegmentIndex verify(ByteBuffer segment) {
        return SegmentVerification.verify(segment);
    }

    /**
     * The stretches of a piece of the segment, which is a run or was cut out of one. They are known
     * if the piece begins with its run; one that does not is read from its beginning.
     *
     * @throws CorruptException when the piece does not lie in one run
     */
    public List<Stretch> stretchesOf(long position, int length) {
        for (int i = 0; i < runs.size(); i++) {
            SegmentRun run = runs.get(i);
            if (position >= run.position()
                    && position + length <= run.position() + run.length()) {
                return position == run.position()
                        ? stretches.get(i).stream().filter(it -> it.position() < length).toList()
                        : List.of();
            }
        }
        throw new CorruptException("no run has the " + length + " bytes from byte " + position
                + " of the segment");
    }
}
