package io.cordwood.ingest;

import io.cordwood.manifest.commit.RunOutcome;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.LogException;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentRun;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A finished segment and those who wait for its commit.
 *
 * @param number under which it is committed
 * @param appends in the order of their admission
 * @param heldBytes of the budget that are given back when it is done
 */
record SealedSegment(long number, Segment segment, List<PendingAppend> appends, long heldBytes) {

    SealedSegment {
        appends = List.copyOf(appends);
        Invariant.check(
                segment.runs().stream().mapToInt(SegmentRun::batches).sum() == appends.size(),
                "each batch of segment %d has its append", number);
    }

    /** Tells every caller what became of its run. */
    void conclude(List<RunOutcome> outcomes) {
        Invariant.check(outcomes.size() == segment.runs().size(),
                "each run of segment %d has its outcome", number);
        Map<PartitionId, RunOutcome> byPartition = new HashMap<>();
        for (int i = 0; i < outcomes.size(); i++) {
            byPartition.put(segment.runs().get(i).partition(), outcomes.get(i));
        }
        appends.forEach(append -> append.conclude(
                Optional.ofNullable(byPartition.get(append.partition())).orElseThrow()));
    }

    /** Tells every caller that it failed. */
    void fail(LogException reason) {
        appends.forEach(append -> append.fail(reason));
    }
}
