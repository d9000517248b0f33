package io.cordwood.query.plan;

import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.Tier;
import java.util.ArrayList;
import java.util.List;

/**
 * What to read for one fetch: slices of consecutive runs. Only the last may end within a batch.
 *
 * @param slices in the order of their offsets; none where the start is in history
 */
public record FetchPlan(List<Slice> slices) {

    /** How many objects are asked at once for one fetch, at most. */
    static final int SLICES_MAX = 64;

    public FetchPlan {
        slices = List.copyOf(slices);
    }

    /**
     * The slices from a start on, until they have the bytes that are wanted, or the partition ends,
     * or a run is history.
     *
     * @param bytesMax more than that is not read, but for the first byte
     */
    public static FetchPlan of(PartitionState partition, Start start, int bytesMax) {
        List<Slice> slices = new ArrayList<>();
        int wanted = Math.max(1, bytesMax);
        Start next = start;
        while (wanted > 0 && next.runIndex() < partition.runCount()
                && slices.size() < SLICES_MAX) {
            Run run = partition.run(next.runIndex());
            if (run.tier() == Tier.HISTORY) {
                break;
            }
            int length = Math.min(wanted, run.length() - next.position());
            slices.add(new Slice(run, next.position(), next.offsetDelta(), length));
            wanted -= length;
            next = Start.ofRun(next.runIndex() + 1);
        }
        return new FetchPlan(slices);
    }
}
