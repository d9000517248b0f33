package io.cordwood.store.segment;

import io.cordwood.store.batch.ProducerSequence;
import java.util.List;
import java.util.Optional;

/**
 * A batch where it lies in its run.
 *
 * @param position of its first byte in the run
 * @param length in bytes
 * @param offsetDelta of its first record, counted from the run's first
 * @param producer who sent it, if that is to be known
 */
public record RunBatch(int position, int length, int offsetDelta, int records,
        long maxTimestampMillis, Optional<ProducerSequence> producer) {

    public RunBatch {
        if (position < 0 || length <= 0 || offsetDelta < 0 || records <= 0) {
            throw new IllegalArgumentException("a batch lies in its run and is not empty: "
                    + records + " records in " + length + " bytes at " + position);
        }
    }

    /**
     * Throws {@link IllegalArgumentException} unless each run has its batches: all of them, back to
     * back, or none where nobody needs to know of them.
     */
    public static void requireOf(List<SegmentRun> runs, List<List<RunBatch>> batches) {
        if (runs.size() != batches.size()) {
            throw new IllegalArgumentException("each run has its batches");
        }
        for (int i = 0; i < runs.size(); i++) {
            if (!batches.get(i).isEmpty() && !areAllOf(runs.get(i), batches.get(i))) {
                throw new IllegalArgumentException("batches fill their run, back to back: "
                        + runs.get(i).partition());
            }
        }
    }

    private static boolean areAllOf(SegmentRun run, List<RunBatch> batches) {
        long position = 0;
        long offset = 0;
        for (RunBatch batch : batches) {
            if (batch.position != position || batch.offsetDelta != offset) {
                return false;
            }
            position += batch.length;
            offset += batch.records;
        }
        return position == run.length() && offset == run.offsets()
                && batches.size() == run.batches();
    }
}
