package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.SegmentRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The runs of a segment are to become part of their partitions. Answered with what became of each
 * run, in the segment's order: a run whose partition is gone is left out, and so are batches that
 * their producer has sent before, or that are not the next it has to send.
 *
 * <p>An upload that was given up ({@link ExpireUploads}) is refused with a {@link
 * MissingObjectException}: the segment is to be uploaded again, under another id.
 *
 * @param wal the identity of the local WAL that sealed the segment
 * @param owner who commits from it, as {@link TakeWal} says; whoever is it no more is refused with
 *        a {@link FencedException}
 * @param number the segment's number in it: valid only if it follows the last committed
 */
public record CommitSegment(UUID wal, UUID owner, long number, Cargo cargo)
        implements
            Proposal<List<RunOutcome>> {

    private static final int EVENT_SIZE_MAX = 128;
    private static final int RUN_SIZE_MAX = 64;

    /** Each batch may be a piece of its own. */
    private static final int BATCH_SIZE_MAX = RUN_SIZE_MAX + 48;

    @Override
    public Decision<List<RunOutcome>> decide(ManifestState state, int inlinePosition) {
        if (!state.wal(wal).owner().equals(owner)) {
            return new Decision.Refused<>(new FencedException(
                    "another process has taken the local WAL " + wal
                            + ": it uses this local directory,"
                            + " or a copy of it"));
        }
        long expected = state.walNumber(wal) + 1;
        if (number != expected) {
            return new Decision.Refused<>(new RejectedException(Reason.INVALID_REQUEST, "segment "
                    + number + " of WAL " + wal + " is not the next: " + expected + " is"));
        }
        if (cargo instanceof Cargo.Uploaded uploaded
                && !state.references().mayJoin(uploaded.id())) {
            return new Decision.Refused<>(new MissingObjectException("segment "
                    + uploaded.id() + " was uploaded too long ago, and may be gone"));
        }
        Map<PartitionId, PartitionDraft> drafts = new HashMap<>();
        List<RunOutcome> outcomes = new ArrayList<>(cargo.runs().size());
        List<CommittedRun> committed = new ArrayList<>(cargo.runs().size());
        for (int i = 0; i < cargo.runs().size(); i++) {
            SegmentRun run = cargo.runs().get(i);
            Optional<PartitionDraft> draft = draft(state, run.partition(), drafts);
            if (draft.isPresent()) {
                outcomes.add(draft.get().add(run, cargo.batches().get(i)));
                committed.addAll(draft.get().takeCommitted());
            } else {
                outcomes.add(new RunOutcome.Refused(unknown(run.partition())));
            }
        }
        return accept(committed, outcomes, inlinePosition);
    }

    private static Optional<PartitionDraft> draft(ManifestState state, PartitionId id,
            Map<PartitionId, PartitionDraft> drafts) {
        return Optional.ofNullable(drafts.get(id)).or(() -> state.partition(id).map(partition -> {
            PartitionDraft draft = new PartitionDraft(state, id, partition);
            drafts.put(id, draft);
            return draft;
        }));
    }

    private Decision<List<RunOutcome>> accept(List<CommittedRun> runs, List<RunOutcome> outcomes,
            int inlinePosition) {
        boolean empty = runs.isEmpty();
        SegmentPlace place = empty ? new SegmentPlace.Nowhere() : cargo.place(inlinePosition);
        return new Decision.Accepted<>(new SegmentCommitted(wal, number, place, runs),
                empty ? List.of() : cargo.inline(), outcomes);
    }

    private static RejectedException unknown(PartitionId partition) {
        return new RejectedException(Reason.UNKNOWN_TOPIC,
                "the topic was deleted meanwhile: " + partition);
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        int batches = cargo.batches().stream().mapToInt(List::size).sum();
        return EVENT_SIZE_MAX + RUN_SIZE_MAX * cargo.runs().size() + BATCH_SIZE_MAX * batches
                + cargo.inline().stream().mapToInt(Bytes::size).sum();
    }
}
