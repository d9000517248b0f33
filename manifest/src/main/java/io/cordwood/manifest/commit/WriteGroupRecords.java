package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.ManifestEvent.GroupRecordsWritten;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.GroupShardState;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.batch.ProducerIdentity;
import java.util.List;
import java.util.Optional;

/**
 * The owner of a shard writes records. Answered with the write's number.
 *
 * <p>An owner has acted on what it writes before that is durable. So a write is refused when the
 * one before it is not there, or when another process has taken the shard: whoever is refused
 * forgets what it knew, and begins anew from the state.
 */
public record WriteGroupRecords(GroupShard shard, Turn turn, List<GroupRecord> records,
        Optional<Membership> transaction) implements Proposal<Long> {

    private static final int EVENT_SIZE_MAX = 64;
    private static final int RECORD_SIZE_MAX = 32;

    public WriteGroupRecords {
        records = List.copyOf(records);
    }

    @Override
    public Decision<Long> decide(ManifestState state, int inlinePosition) {
        Optional<LogException> refusal = refusal(state.groupShard(shard).ownership())
                .or(() -> transaction.flatMap(member -> TransactionRules.refusal(state, shard,
                        member)));
        return refusal.<Decision<Long>>map(Decision.Refused::new)
                .orElseGet(() -> new Decision.Accepted<>(new GroupRecordsWritten(shard,
                        turn.number(), transaction.map(Membership::producer), records), List.of(),
                        turn.number()));
    }

    /** Why records of a transaction would be refused, as things stand; empty if they would not. */
    public static Optional<RejectedException> refusal(ManifestState state, TransactionalId id,
            GroupShard shard, Membership member) {
        return TransactionRules.refusal(state, id, member.producer())
                .or(() -> TransactionRules.refusal(state, shard, member));
    }

    private Optional<LogException> refusal(GroupShardState.Ownership ownership) {
        if (ownership.epoch() != turn.epoch()) {
            return Optional.of(new FencedException("another process took over " + shard));
        }
        return turn.number() == ownership.writes() + 1
                ? Optional.empty()
                : Optional.of(new RejectedException(Reason.INVALID_REQUEST, "write "
                        + turn.number() + " of " + shard + " is not the next: "
                        + (ownership.writes() + 1) + " is"));
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return EVENT_SIZE_MAX + records.stream()
                .mapToInt(record -> RECORD_SIZE_MAX + record.size()).sum();
    }

    /**
     * Which of an owner's writes it is.
     *
     * @param epoch under which it took the shard, from 1
     * @param number counts its writes since then, from 1
     */
    public record Turn(long epoch, long number) {

        public Turn {
            if (epoch < 1 || number < 1) {
                throw new IllegalArgumentException("epochs and writes are numbered from 1: " + epoch
                        + ", " + number);
            }
        }
    }

    /**
     * The transaction that the records are part of.
     *
     * @param joins whether the shard joins it by them, if it has not before (KIP-890)
     */
    public record Membership(ProducerIdentity producer, boolean joins) {}
}
