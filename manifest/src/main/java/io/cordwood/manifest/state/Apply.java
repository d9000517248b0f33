package io.cordwood.manifest.state;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.CommitterElected;
import io.cordwood.manifest.event.ManifestEvent.ConfigsChanged;
import io.cordwood.manifest.event.ManifestEvent.GroupRecordsWritten;
import io.cordwood.manifest.event.ManifestEvent.GroupShardTaken;
import io.cordwood.manifest.event.ManifestEvent.NodeJoined;
import io.cordwood.manifest.event.ManifestEvent.NodeLeft;
import io.cordwood.manifest.event.ManifestEvent.ObjectsCollected;
import io.cordwood.manifest.event.ManifestEvent.PartitionCompacted;
import io.cordwood.manifest.event.ManifestEvent.PartitionsAdded;
import io.cordwood.manifest.event.ManifestEvent.ProducerIdsReserved;
import io.cordwood.manifest.event.ManifestEvent.ProducersForgotten;
import io.cordwood.manifest.event.ManifestEvent.RecordsDeleted;
import io.cordwood.manifest.event.ManifestEvent.RunsAppended;
import io.cordwood.manifest.event.ManifestEvent.RunsConverted;
import io.cordwood.manifest.event.ManifestEvent.RunsMerged;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TablePublished;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.ManifestEvent.TopicDeleted;
import io.cordwood.manifest.event.ManifestEvent.TransactionEnded;
import io.cordwood.manifest.event.ManifestEvent.TransactionJoined;
import io.cordwood.manifest.event.ManifestEvent.TransactionalIdInitialized;
import io.cordwood.manifest.event.ManifestEvent.TransactionalIdsForgotten;
import io.cordwood.manifest.event.ManifestEvent.UploadsExpired;
import io.cordwood.manifest.event.ManifestEvent.WalTaken;
import io.cordwood.manifest.event.ProducedBatch;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.segment.PartitionId;
import java.time.Instant;
import java.util.List;

/** The fold of the log: a state and an entry give the next state, and nothing else does. */
public final class Apply {

    private Apply() {}

    /**
     * The state after the entry, which must be the next. A void entry changes nothing but the
     * number.
     */
    public static ManifestState apply(ManifestState state, StoredEntry stored) {
        ManifestEntry entry = stored.entry();
        ManifestInvariants.aGapIsTheEnd(state, entry);
        if (!counts(state, entry)) {
            return state.with(state.position().skip());
        }
        ManifestState next = state.with(state.position().advance(entry));
        for (ManifestEvent event : entry.events()) {
            next = apply(next, event, entry, stored.inlinePosition());
        }
        return next;
    }

    /** Whether the entry counts in this state, or is void. */
    public static boolean counts(ManifestState state, ManifestEntry entry) {
        return state.position().isContinuedBy(entry);
    }

    /**
     * The state after one event, as a committer sees it while it makes up an entry: as if inline
     * segments began at the first byte of their entry.
     *
     * @param writtenAt how the entry will be dated
     */
    public static ManifestState tryOut(ManifestState state, ManifestEvent event,
            ManifestEntry.Head head, Instant writtenAt) {
        return apply(state, event, new ManifestEntry(head, writtenAt, List.of(event)), 0);
    }

    private static ManifestState apply(ManifestState state, ManifestEvent event,
            ManifestEntry entry, int inlinePosition) {
        return switch (event) {
            case CommitterElected elected -> state.with(state.position().elect(entry, elected));
            case TopicCreated created -> create(state, created);
            case TopicDeleted deleted -> delete(state, deleted);
            case SegmentCommitted committed -> commit(state, committed,
                    new Origin(entry.sequence(), entry.writtenAt().toEpochMilli(),
                            inlinePosition));
            case ProducerIdsReserved reserved -> state
                    .withProducerIds(state.producerIds().reserve(reserved.count()));
            case ProducersForgotten forgotten -> state
                    .forgetProducers(forgotten.beforeMillis());
            case TransactionalIdInitialized initialized -> initialize(state, initialized, entry);
            case TransactionalIdsForgotten forgotten -> state
                    .forgetTransactionalIds(forgotten.beforeMillis());
            case GroupShardTaken taken -> state.withGroupShard(taken.shard(),
                    shard -> shard.take(taken.owner()));
            case GroupRecordsWritten written -> write(state, written, entry);
            case TransactionJoined joined -> join(state, joined, entry);
            case TransactionEnded ended -> end(state, ended,
                    new Origin(entry.sequence(), entry.writtenAt().toEpochMilli(),
                            inlinePosition));
            case ConfigsChanged changed -> Alterations.change(state, changed);
            case PartitionsAdded added -> Alterations.grow(state, added);
            case RecordsDeleted deleted -> Alterations.deleteRecords(state, deleted);
            case RunsMerged merged -> Replacements.merge(state, merged);
            case RunsConverted converted -> Replacements.convert(state, converted);
            case PartitionCompacted compacted -> Replacements.compact(state, compacted);
            case TablePublished published -> publish(state, published);
            case UploadsExpired expired -> state.withReferences(
                    references -> references.expireUploads(expired.beforeSequence()));
            case WalTaken taken ->
                state.withWal(taken.wal(), wal -> wal.take(taken.owner(), entry.sequence()));
            case NodeJoined joined ->
                state.withNodes(nodes -> nodes.join(joined.member(), entry.sequence()));
            case NodeLeft left -> leave(state, left);
            case ObjectsCollected collected -> state
                    .withReferences(references -> references.collect(collected.objects()));
        };
    }

    private static ManifestState create(ManifestState state, TopicCreated created) {
        ManifestInvariants.aNameIsOneTopics(state, created);
        return state.withTopic(TopicState.create(created));
    }

    private static ManifestState delete(ManifestState state, TopicDeleted deleted) {
        ManifestInvariants.onlyWhatExistsIsDeleted(state, deleted);
        return state.topic(deleted.id())
                .map(topic -> state.withoutTopic(topic)
                        .withReferences(references -> references.remove(topic)))
                .orElse(state);
    }

    /** A committer whose node has left wants to be succeeded. */
    private static ManifestState leave(ManifestState state, NodeLeft left) {
        boolean committed = state.nodes().ofProcess(left.process()).flatMap(Nodes.Node::member)
                .filter(member -> member.addresses().nodes().equals(state.position().address()))
                .isPresent();
        ManifestState next = state.withNodes(nodes -> nodes.leave(left.process()));
        return committed ? next.with(next.position().vacate()) : next;
    }

    private static ManifestState publish(ManifestState state, TablePublished published) {
        TopicState topic = ManifestInvariants.aVersionFollowsTheOneBefore(state, published);
        return state.withTopic(topic.withTable(published.version()))
                .withReferences(references -> references.withGarbage(topic.tableObjects()));
    }

    private static ManifestState commit(ManifestState state, SegmentCommitted committed,
            Origin origin) {
        ManifestInvariants.aSegmentIsCommittedOnce(state, committed);
        ManifestState next = append(
                state.withWal(committed.wal(), wal -> wal.commit(committed.number())),
                committed, origin);
        for (CommittedRun run : committed.runs()) {
            for (ProducedBatch batch : run.batches()) {
                next = includeInTransaction(next, run.partition(), batch, origin);
            }
        }
        return next;
    }

    /** A transaction is open in every partition that holds a record of it. */
    private static ManifestState includeInTransaction(ManifestState state, PartitionId partition,
            ProducedBatch batch, Origin origin) {
        if (!batch.producer().transactional()) {
            return state;
        }
        TransactionState transaction = ManifestInvariants.aTransactionIsItsProducers(state,
                batch.producer().producer());
        return transaction.isOngoing() && transaction.includes(partition)
                ? state
                : state.withTransaction(
                        transaction.join(List.of(partition), List.of(), origin.since()));
    }

    private static ManifestState write(ManifestState state, GroupRecordsWritten written,
            ManifestEntry entry) {
        ManifestInvariants.noWriteOfAShardIsLeftOut(state, written);
        ManifestState next = state.withGroupShard(written.shard(), shard -> shard.write(written));
        return written.producer()
                .map(producer -> includeInTransaction(next, written.shard(), producer, entry))
                .orElse(next);
    }

    /** A transaction is open in every shard in which records of it are pending. */
    private static ManifestState includeInTransaction(ManifestState state, GroupShard shard,
            ProducerIdentity producer, ManifestEntry entry) {
        TransactionState transaction = ManifestInvariants.aTransactionIsItsProducers(state,
                producer);
        return transaction.isOngoing() && transaction.includes(shard)
                ? state
                : state.withTransaction(transaction.join(List.of(), List.of(shard),
                        since(entry)));
    }

    private static ManifestState initialize(ManifestState state,
            TransactionalIdInitialized initialized, ManifestEntry entry) {
        ManifestInvariants.anOpenTransactionEndsFirst(state, initialized);
        return state.withTransaction(TransactionState.initialized(initialized, since(entry)));
    }

    private static ManifestState join(ManifestState state, TransactionJoined joined,
            ManifestEntry entry) {
        return state.withTransaction(ManifestInvariants.aTransactionIsKnown(state, joined.id())
                .join(joined.partitions(), joined.groupShards(), since(entry)));
    }

    private static TransactionState.Since since(ManifestEntry entry) {
        return new TransactionState.Since(entry.sequence(), entry.writtenAt().toEpochMilli());
    }

    /** Control batches take their offsets, and the transaction is over wherever it was open. */
    private static ManifestState end(ManifestState state, TransactionEnded ended, Origin origin) {
        TransactionState transaction = ManifestInvariants.aTransactionIsKnown(state, ended.id());
        ManifestState next = append(state, ended, origin);
        for (CommittedRun run : ended.runs()) {
            next = next.withPartition(run.partition(), partition -> partition
                    .endTransaction(transaction.producer().id(), ended.committed()));
        }
        for (GroupShard shard : ended.groupShards()) {
            next = next.withPendingEnded(shard, transaction.producer(), ended.committed());
        }
        return next.withTransaction(
                transaction.end(ended.committed(), ended.next(), origin.since()));
    }

    private static ManifestState append(ManifestState state, RunsAppended appended,
            Origin origin) {
        return switch (appended.place()) {
            case SegmentPlace.Nowhere() -> state;
            case SegmentPlace.Stored stored -> {
                ManifestInvariants.whatWasGivenUpJoinsNoMore(state, stored.id());
                yield append(state, appended,
                        SegmentRef.stored(stored.id(), stored.index(), Tier.WAL), origin);
            }
            case SegmentPlace.Inline inline -> append(state, appended,
                    new SegmentRef(origin.place(inline), inline.index(), Tier.WAL), origin);
        };
    }

    private static ManifestState append(ManifestState state, RunsAppended appended,
            SegmentRef segment, Origin origin) {
        ManifestState next = state.withReferences(
                references -> references.add(segment, appended.runs().size()));
        for (CommittedRun run : appended.runs()) {
            ManifestInvariants.aRunHasItsPartition(next, run);
            next = next.withPartition(run.partition(),
                    partition -> partition.append(segment, run, origin.writtenAtMillis()));
        }
        return next;
    }

    /**
     * The entry that an event is in.
     *
     * @param position from where its inline positions count
     */
    private record Origin(long sequence, long writtenAtMillis, int position) {

        TransactionState.Since since() {
            return new TransactionState.Since(sequence, writtenAtMillis);
        }

        Home.Inline place(SegmentPlace.Inline inline) {
            return new Home.Inline(sequence, position + inline.position());
        }
    }
}
