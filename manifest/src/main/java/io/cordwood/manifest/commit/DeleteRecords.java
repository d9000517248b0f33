package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.RecordsDeleted;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.segment.PartitionId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The records of a partition before an offset are to be gone. Answered with the offset that the
 * partition begins with then, which may be a later one already.
 *
 * @param before the offset, up to the one that comes next; empty for all records that there are
 */
public record DeleteRecords(PartitionId partition, OptionalLong before)
        implements
            Proposal<Long> {

    @Override
    public Decision<Long> decide(ManifestState state, int inlinePosition) {
        Optional<PartitionState> known = state.partition(partition);
        if (known.isEmpty()) {
            return refused(Reason.UNKNOWN_PARTITION, "there is no partition " + partition);
        }
        PartitionState now = known.get();
        long start = before.orElse(now.nextOffset());
        if (start < 0 || start > now.nextOffset()) {
            return refused(Reason.OFFSET_OUT_OF_RANGE, "records can be deleted before offset "
                    + now.nextOffset() + ", not before " + start);
        }
        return start <= now.startOffset()
                ? new Decision.Settled<>(now.startOffset())
                : new Decision.Accepted<>(new RecordsDeleted(partition, start), List.of(), start);
    }

    private static Decision<Long> refused(Reason reason, String message) {
        return new Decision.Refused<>(new RejectedException(reason, message));
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return 64;
    }
}
