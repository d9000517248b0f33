package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.Compaction;
import io.cordwood.manifest.event.ManifestEvent.PartitionCompacted;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.segment.PartitionId;
import java.util.List;

/**
 * A partition is to count as compacted so far, which all its runs are already. Answered with how
 * far it is compacted then; refused where it was compacted by somebody else meanwhile.
 *
 * @param before how far it was
 */
public record CompactPartition(PartitionId partition, Compaction before, Compaction after)
        implements
            Proposal<Compaction> {

    private static final int EVENT_SIZE_MAX = 96;

    @Override
    public Decision<Compaction> decide(ManifestState state, int inlinePosition) {
        return state.partition(partition).filter(this::isPossibleIn).isPresent()
                ? new Decision.Accepted<>(new PartitionCompacted(partition, after), List.of(),
                        after)
                : new Decision.Refused<>(new RejectedException(Reason.INVALID_REQUEST,
                        "partition " + partition + " is not as it was before it was compacted to "
                                + after.endOffset()));
    }

    private boolean isPossibleIn(PartitionState now) {
        return now.compaction().equals(before) && after.endOffset() >= before.endOffset()
                && after.endOffset() <= now.lastStableOffset();
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return EVENT_SIZE_MAX;
    }
}
