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
 * @param since the entry by which it came into this phase
 * @param participants what the open transaction has taken in; none if none is open
 */
public record TransactionState(TransactionalId id, Instances instances, int timeoutMillis,
        Phase phase, Since since, Participants participants) {

    public TransactionState {
        if (timeoutMillis <= 0 || (phase != Phase.ONGOING && !participants.isEmpty())) {
            throw new IllegalArgumentException("only an open transaction has participants: " + id);
        }
    }

    static TransactionState initialized(TransactionalIdInitialized event, Since since) {
        return new TransactionState(event.id(),
                new Instances(event.producer(), event.successorOf()), event.timeoutMillis(),
                Phase.EMPTY, since, Participants.NONE);
    }

    TransactionState join(List<PartitionId> joining, List<GroupShard> joiningShards,
            Since entry) {
        return new TransactionState(id, instances, timeoutMillis, Phase.ONGOING,
                isOngoing() ? since : entry, participants.with(joining, joiningShards));
    }

    TransactionState end(boolean committed, ProducerIdentity next, Since entry) {
        return new TransactionState(id, instances.next(next), timeoutMillis,
                committed ? Phase.COMMITTED : Phase.ABORTED, entry, Participants.NONE);
    }

    /** When the entry was written by which it came into this phase. */
    public long sinceMillis() {
        return since.millis();
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
        return !isOngoing() && since.millis() < millis;
    }

    /** Whether it ended, and like this. */
    public boolean hasEnded(boolean committed) {
        return phase == (committed ? Phase.COMMITTED : Phase.ABORTED);
    }

    /**
     * An entry of the log.
     *
     * @param millis when it was written
     */
    public record Since(long sequence, long millis) {

        public Since {
            if (sequence < 0) {
                throw new IllegalArgumentException("entries are numbered from 1: " + sequence);
            }
        }
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
