package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.ProducedBatch;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.ProducerState;
import io.cordwood.manifest.state.SequenceVerdict;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.RunBatch;
import io.cordwood.store.segment.SegmentRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a proposal appends to one partition, while it is judged batch by batch. */
final class PartitionDraft {

    private final ManifestState state;
    private final PartitionId id;
    private final PartitionState partition;
    private final Map<Long, ProducerState> producers = new HashMap<>();
    private final List<CommittedRun> committed = new ArrayList<>();
    private long nextOffset;

    PartitionDraft(ManifestState state, PartitionId id, PartitionState partition) {
        this.state = state;
        this.id = id;
        this.partition = partition;
        this.nextOffset = partition.nextOffset();
    }

    /** Adds a run, or what of it may be appended. */
    RunOutcome add(SegmentRun run, List<RunBatch> batches) {
        return batches.isEmpty() ? addWhole(run) : divide(run, batches);
    }

    /** What is to be committed, in order; given out once. */
    List<CommittedRun> takeCommitted() {
        List<CommittedRun> taken = List.copyOf(committed);
        committed.clear();
        return taken;
    }

    private RunOutcome addWhole(SegmentRun run) {
        committed.add(CommittedRun.of(run.partition(), run.position(), run.length(),
                run.offsets(), run.timestamps().maxMillis()));
        long base = nextOffset;
        nextOffset += run.offsets();
        return new RunOutcome.Appended(base);
    }

    /** Batches that may not be appended are cut out: what is left of the run may be pieces. */
    private RunOutcome divide(SegmentRun run, List<RunBatch> batches) {
        List<RunOutcome> outcomes = new ArrayList<>(batches.size());
        List<RunBatch> piece = new ArrayList<>();
        for (RunBatch batch : batches) {
            SequenceVerdict verdict = judge(batch);
            outcomes.add(outcome(verdict));
            if (verdict instanceof SequenceVerdict.Next) {
                piece.add(batch);
                append(batch);
            } else {
                finish(run, piece);
            }
        }
        finish(run, piece);
        return new RunOutcome.Divided(outcomes);
    }

    private SequenceVerdict judge(RunBatch batch) {
        return batch.producer().map(sequence -> judge(sequence, batch.records()))
                .orElseGet(SequenceVerdict.Next::new);
    }

    private SequenceVerdict judge(ProducerSequence sequence, int records) {
        SequenceVerdict verdict = SequenceVerdict.of(producer(sequence.producerId()),
                state.producerIds().mayBeForgotten(sequence.producerId()), sequence, records);
        return verdict instanceof SequenceVerdict.Next
                ? TransactionRules.refusal(state, id, sequence)
                        .<SequenceVerdict>map(SequenceVerdict.Refused::new).orElse(verdict)
                : verdict;
    }

    private RunOutcome outcome(SequenceVerdict verdict) {
        return switch (verdict) {
            case SequenceVerdict.Next next -> new RunOutcome.Appended(nextOffset);
            case SequenceVerdict.Duplicate duplicate -> new RunOutcome.Appended(
                    duplicate.baseOffset());
            case SequenceVerdict.Refused refused -> new RunOutcome.Refused(refused.reason());
        };
    }

    private void append(RunBatch batch) {
        batch.producer().ifPresent(sequence -> producers.put(sequence.producerId(),
                ProducerState.after(producer(sequence.producerId()), sequence, batch.records(),
                        nextOffset, 0)));
        nextOffset += batch.records();
    }

    private Optional<ProducerState> producer(long id) {
        return Optional.ofNullable(producers.get(id)).or(() -> partition.producer(id));
    }

    /** Commits consecutive batches as one piece of the run. */
    private void finish(SegmentRun run, List<RunBatch> piece) {
        if (piece.isEmpty()) {
            return;
        }
        RunBatch first = piece.getFirst();
        RunBatch last = piece.getLast();
        List<ProducedBatch> produced = new ArrayList<>();
        long maxTimestamp = Long.MIN_VALUE;
        for (RunBatch batch : piece) {
            maxTimestamp = Math.max(maxTimestamp, batch.maxTimestampMillis());
            batch.producer().ifPresent(sequence -> produced.add(new ProducedBatch(sequence,
                    batch.offsetDelta() - first.offsetDelta(), batch.records())));
        }
        committed.add(new CommittedRun(run.partition(), run.position() + first.position(),
                last.position() + last.length() - first.position(),
                last.offsetDelta() + last.records() - first.offsetDelta(), maxTimestamp,
                produced));
        piece.clear();
    }
}
