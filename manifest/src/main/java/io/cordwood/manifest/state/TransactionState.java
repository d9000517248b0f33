package io.cordwood.manifest.state;

import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.ManifestEvent.TransactionalIdInitialized;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.segment.PartitionId;
import java.util.List;
import java.util.Optional;

/**
 * The last transaction of a transactional id.
 *
 * @param timeoutMillis how long a transaction may stay open
 * @param sinceMillis when the entry was written by which it came into this phase
 * @param participants what the open transaction has taken in; none if none is open
 */
public record TransactionState(TransactionalId id, Instances instances, int timeoutMillis,
        Phase phase, long sinceMillis, Participants participants) {

    public TransactionState {
        if (timeoutMillis <= 0 || (phase != Phase.ONGOING && !participants.isEmpty())) {
            throw new IllegalArgumentException("only an open transaction has participants: " + id);
        }
    }

    static TransactionState initialized(TransactionalIdInitialized event, long millis) {
        return new TransactionState(event.id(),
                new Instances(event.producer(), event.successorOf()), event.timeoutMillis(),
                Phase.EMPTY, millis, Participants.NONE);
    }

    TransactionState join(List<PartitionId> joining, List<GroupShard> joiningShards,
            long millis) {
        return new TransactionState(id, instances, timeoutMillis, Phase.ONGOING,
                isOngoing() ? sinceMillis : millis, participants.with(joining, joiningShards));
    }

    TransactionState end(boolean committed, ProducerIdentity next, long millis) {
        return new TransactionState(id, instances.next(next), timeoutMillis,
                committed ? Phase.COMMITTED : Phase.ABORTED, millis, Participants.NONE);
    }

    /** The instance of the producer that may use the id. */
    public ProducerIdentity producer() {
        return instances.current();
    }

    /** Whether a partition is part of the open transaction. */
    public boolean includes(PartitionId partition) {
        return participants.partitions().contains(partition);
    }

    /** Whether a shard of the groups is part of the open transaction. */
    public boolean includes(GroupShard shard) {
        return participants.groupShards().contains(shard);
    }

    /** The shards of the open transaction, in the order in which they joined. */
    public List<GroupShard> groupShards() {
        return participants.groupShards().toJavaList();
    }

    /** The partitions of the open transaction, in the order in which they joined. */
    public List<PartitionId> members() {
        return participants.partitions().toJavaList();
    }

    public boolean isOngoing() {
        return phase == Phase.ONGOING;
    }

    /** Whether its id may be forgotten: nobody has used it since a time, and nothing is open. */
    boolean isUnusedSince(long millis) {
        return !isOngoing() && sinceMillis < millis;
    }

    /** Whether it ended, and like this. */
    public boolean hasEnded(boolean committed) {
        return phase == (committed ? Phase.COMMITTED : Phase.ABORTED);
    }

    /** How far a transaction is. */
    public enum Phase {
        /** None was begun. */
        EMPTY,
        /** One is open. */
        ONGOING,
        /** The last was committed. */
        COMMITTED,
        /** The last was aborted. */
        ABORTED
    }

    /**
     * Who may use the id.
     *
     * @param previous who might before, if it may still ask who it is now
     */
    public record Instances(ProducerIdentity current, Optional<ProducerIdentity> previous) {

        Instances next(ProducerIdentity next) {
            return next.equals(current) ? this : new Instances(next, Optional.of(current));
        }
    }
}
