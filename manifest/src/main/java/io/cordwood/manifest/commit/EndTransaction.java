package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.ManifestEvent.TransactionEnded;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TransactionState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.batch.ControlBatch;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentBuilder;
import io.cordwood.store.segment.SegmentRun;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A producer's open transaction is to end, in all its partitions at once. Answered with the
 * instance that goes on with the transactional id.
 *
 * @param succession who goes on
 * @param end what its maker gives it
 */
public record EndTransaction(TransactionalId id, ProducerIdentity producer, boolean committed,
        Succession succession, End end) implements Proposal<ProducerIdentity> {

    @Override
    public Decision<ProducerIdentity> decide(ManifestState state, int inlinePosition) {
        Optional<TransactionState> known = state.transactions().of(id);
        if (known.filter(this::isAskedAgain).isPresent()) {
            return new Decision.Settled<>(known.get().producer());
        }
        Optional<RejectedException> refusal = TransactionRules.refusal(state, id, producer);
        if (refusal.isPresent()) {
            return new Decision.Refused<>(refusal.get());
        }
        TransactionState transaction = known.orElseThrow();
        if (!transaction.isOngoing() && (committed || succession instanceof Succession.Same)) {
            return new Decision.Refused<>(new RejectedException(Reason.INVALID_TRANSACTION_STATE,
                    "no transaction of " + id + " is open"));
        }
        if (transaction.isOngoing() && transaction.since().sequence() > end.knownSequence()) {
            return new Decision.Refused<>(new RejectedException(Reason.CONCURRENT_TRANSACTIONS,
                    "another transaction of " + id + " has begun since: ask again if it is to"
                            + " end"));
        }
        return end(state, transaction, inlinePosition);
    }

    /** Whether the answer to the same request got lost. */
    private boolean isAskedAgain(TransactionState transaction) {
        Optional<ProducerIdentity> ended = switch (succession) {
            case Succession.Same same -> Optional.of(transaction.producer());
            case Succession.Later later -> transaction.instances().previous();
        };
        return transaction.hasEnded(committed) && ended.equals(Optional.of(producer));
    }

    private Decision<ProducerIdentity> end(ManifestState state, TransactionState transaction,
            int inlinePosition) {
        ProducerIdentity next = switch (succession) {
            case Succession.Same same -> producer;
            case Succession.Later later -> producer.isExhausted()
                    ? new ProducerIdentity(later.spareProducerId(), (short) 0)
                    : producer.next();
        };
        ValidBatch marker = ControlBatch.endOfTransaction(producer, committed,
                end.timestampMillis());
        SegmentBuilder builder = new SegmentBuilder(end.segment());
        for (PartitionId partition : transaction.members()) {
            if (state.partition(partition)
                    .filter(it -> it.hasOpenTransaction(producer.id())).isPresent()) {
                builder.add(partition, marker);
            }
        }
        Segment segment = builder.build();
        boolean empty = segment.runs().isEmpty();
        return new Decision.Accepted<>(new TransactionEnded(id, committed, next,
                empty
                        ? new SegmentPlace.Nowhere()
                        : new SegmentPlace.Inline(inlinePosition, segment.index()),
                segment.runs().stream().map(EndTransaction::committed).toList(),
                transaction.groupShards()),
                empty ? List.of() : List.of(segment.bytes()), next);
    }

    /** Nobody finds a control batch by its time: it holds no record. */
    private static CommittedRun committed(SegmentRun run) {
        return CommittedRun.of(run.partition(), run.position(), run.length(), run.offsets(),
                LogRecord.NO_TIMESTAMP);
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        int partitions = state.transactions().of(id)
                .map(transaction -> transaction.members().size()).orElse(0);
        return TransactionSizes.EVENT_SIZE_MAX + TransactionSizes.END_SIZE_MAX * partitions;
    }

    /** Which instance of a producer goes on after a transaction. */
    public sealed interface Succession {

        /** The same. */
        record Same() implements Succession {}

        /**
         * A later one, so that nothing which the one before has sent can come after the end.
         *
         * @param spareProducerId an id that nobody uses, for when there is no larger epoch
         */
        record Later(long spareProducerId) implements Succession {

            public Later {
                if (spareProducerId < 0) {
                    throw new IllegalArgumentException("ids count from 0: " + spareProducerId);
                }
            }
        }
    }

    /**
     * What its maker gives to an end.
     *
     * @param segment an id that was never used, for the segment that holds the control batches
     * @param timestampMillis when they say that it ended
     * @param knownSequence the last entry that its maker knew: the transaction that was to end is
     *         none that began after it
     */
    public record End(UUID segment, long timestampMillis, long knownSequence) {

        public End {
            if (timestampMillis < 0 || knownSequence < 0) {
                throw new IllegalArgumentException("no transaction ends before 1970, nor before"
                        + " the log: " + timestampMillis + ", " + knownSequence);
            }
        }
    }
}
