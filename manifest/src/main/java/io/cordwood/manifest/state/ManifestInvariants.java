package io.cordwood.manifest.state;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.ManifestEvent.GroupRecordsWritten;
import io.cordwood.manifest.event.ManifestEvent.PartitionCompacted;
import io.cordwood.manifest.event.ManifestEvent.PartitionsAdded;
import io.cordwood.manifest.event.ManifestEvent.RecordsDeleted;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TablePublished;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.ManifestEvent.TopicDeleted;
import io.cordwood.manifest.event.ManifestEvent.TransactionalIdInitialized;
import io.cordwood.manifest.event.MergedRun;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.runtime.Invariant;
import io.cordwood.store.batch.ProducerIdentity;
import java.util.List;
import java.util.UUID;

/**
 * What always holds of the manifest, each promise by its name. They are checked wherever they could
 * break: where one does not hold, going on would spread the damage.
 */
public final class ManifestInvariants {

    private ManifestInvariants() {}

    /**
     * Entries are applied one by one, none left out: a reader stops at the first missing number.
     */
    static void aGapIsTheEnd(ManifestState state, ManifestEntry entry) {
        Invariant.check(entry.sequence() == state.sequence() + 1,
                "a gap is the end: entry %d follows %d", entry.sequence(), state.sequence());
    }

    /** What a merged run takes the place of begins and ends where it does. */
    static List<Run> aMergeReplacesWholeRuns(ManifestState state, MergedRun merged) {
        List<Run> replaced = state.partition(merged.run().partition())
                .map(partition -> partition.replacedBy(merged)).orElse(List.of());
        Invariant.check(!replaced.isEmpty(), "a merge replaces whole runs: %d to %d of %s",
                merged.baseOffset(), merged.endOffset(), merged.run().partition());
        return replaced;
    }

    /** What is compacted stays so, and nothing is of which it is open whether it counts. */
    static void compactionOnlyGoesOn(ManifestState state, PartitionCompacted compacted) {
        PartitionState partition = state.partition(compacted.partition()).orElseThrow(
                () -> new AssertionError("broken: only what exists is compacted: "
                        + compacted.partition()));
        long end = compacted.compaction().endOffset();
        Invariant.check(
                end >= partition.compaction().endOffset() && end <= partition.lastStableOffset(),
                "compaction only goes on, up to the last stable offset: %s to %d",
                compacted.partition(), end);
    }

    /** What was given up may have been deleted. */
    static void whatWasGivenUpJoinsNoMore(ManifestState state, UUID object) {
        Invariant.check(state.references().mayJoin(object),
                "what was given up joins no more: object %s, before %d", object,
                state.references().uploadsExpiredBefore());
    }

    /** A committed number of a WAL never comes again, and none is left out. */
    static void aSegmentIsCommittedOnce(ManifestState state, SegmentCommitted committed) {
        Invariant.check(committed.number() == state.walNumber(committed.wal()) + 1,
                "a segment is committed once: %d of WAL %s follows %d", committed.number(),
                committed.wal(), state.walNumber(committed.wal()));
    }

    /** No two topics share a name or an id. */
    static void aNameIsOneTopics(ManifestState state, TopicCreated created) {
        Invariant.check(state.topic(created.name()).isEmpty(), "a name is one topic's: %s",
                created.name());
        Invariant.check(state.topic(created.id()).isEmpty(), "an id is one topic's: %s",
                created.id());
    }

    static void onlyWhatExistsIsDeleted(ManifestState state, TopicDeleted deleted) {
        Invariant.check(state.topic(deleted.id()).isPresent(), "only what exists is deleted: %s",
                deleted.id());
    }

    /** Nobody publishes a table over a version that he has not seen. */
    static TopicState aVersionFollowsTheOneBefore(ManifestState state, TablePublished published) {
        TopicState topic = state.topic(published.topic()).orElseThrow(() -> new AssertionError(
                "broken: only what exists is a table: " + published.topic()));
        Invariant.check(published.version().number() == topic.tableNumber() + 1,
                "a version follows the one before: %d after %d", published.version().number(),
                topic.tableNumber());
        return topic;
    }

    static void aRunHasItsPartition(ManifestState state, CommittedRun run) {
        Invariant.check(state.partition(run.partition()).isPresent(),
                "a run belongs to a partition that exists: %s", run.partition());
    }

    /** What is in a transaction is its producer's, under the instance that may use the id. */
    static TransactionState aTransactionIsItsProducers(ManifestState state,
            ProducerIdentity producer) {
        TransactionState transaction = state.transactions().ofProducer(producer.id())
                .orElseThrow(() -> new AssertionError("broken: a transaction has an id: producer "
                        + producer.id()));
        Invariant.check(transaction.producer().equals(producer),
                "a transaction is its producer's: %s, not %s", transaction.producer(), producer);
        return transaction;
    }

    /** An owner of a shard has acted on each of its writes: they are all there, or none after. */
    static void noWriteOfAShardIsLeftOut(ManifestState state, GroupRecordsWritten written) {
        GroupShardState.Ownership ownership = state.groupShard(written.shard()).ownership();
        Invariant.check(ownership.epoch() > 0 && written.number() == ownership.writes() + 1,
                "no write of a shard is left out: %d of %s follows %d", written.number(),
                written.shard(), ownership.writes());
    }

    static TransactionState aTransactionIsKnown(ManifestState state, TransactionalId id) {
        return state.transactions().of(id)
                .orElseThrow(() -> new AssertionError("broken: a transaction is known: " + id));
    }

    /** A new instance of a producer finds no transaction open. */
    static void anOpenTransactionEndsFirst(ManifestState state,
            TransactionalIdInitialized initialized) {
        Invariant.check(
                state.transactions().of(initialized.id()).filter(TransactionState::isOngoing)
                        .isEmpty(),
                "an open transaction ends before a new instance comes: %s", initialized.id());
    }

    /** Only a topic that is there changes. */
    static TopicState whatChangesIsThere(ManifestState state, UUID topic) {
        return state.topic(topic).orElseThrow(
                () -> new AssertionError("broken: what changes is there: " + topic));
    }

    /** A partition that was there stays. */
    static void aTopicOnlyGrows(TopicState topic, PartitionsAdded added) {
        Invariant.check(added.partitions() > topic.partitionCount(),
                "a topic only grows: %s from %d to %d partitions", added.topic(),
                topic.partitionCount(), added.partitions());
    }

    /** What is deleted does not come again, and nothing is deleted before it is there. */
    static PartitionState theStartOnlyRises(ManifestState state, RecordsDeleted deleted) {
        PartitionState partition = state.partition(deleted.partition()).orElseThrow(
                () -> new AssertionError("broken: records are deleted of a partition that exists: "
                        + deleted.partition()));
        Invariant.check(
                deleted.startOffset() >= partition.startOffset()
                        && deleted.startOffset() <= partition.nextOffset(),
                "the start only rises, up to the end: %s to %d", deleted.partition(),
                deleted.startOffset());
        return partition;
    }

    /** Nobody is told of an entry that is not in the log, applied, with all that it says. */
    public static void anAnswerFollowsItsEntry(ManifestState state, long sequence) {
        Invariant.check(state.sequence() >= sequence,
                "an answer follows its entry: %d is not applied at %d", sequence,
                state.sequence());
    }

    /** What this process committed counts: it had seen everything before it. */
    public static void anOwnEntryCounts(ManifestState state, ManifestEntry entry) {
        Invariant.check(Apply.counts(state, entry), "an own entry counts: %d after %d",
                entry.sequence(), state.sequence());
    }
}
