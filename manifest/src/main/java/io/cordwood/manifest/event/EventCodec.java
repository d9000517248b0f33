package io.cordwood.manifest.event;

import com.google.protobuf.ByteString;
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
import io.cordwood.manifest.proto.Entry;
import io.cordwood.manifest.proto.Event;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Turns entries and events into Protocol Buffers and back. */
final class EventCodec {

    private EventCodec() {}

    static Entry toProto(ManifestEntry entry) {
        ManifestEntry.Head head = entry.head();
        Entry.Builder proto = Entry.newBuilder()
                .setSequence(head.sequence())
                .setWriter(id(head.writer()))
                .setNonce(id(head.nonce()))
                .setEpoch(head.epoch())
                .setPredecessor(id(head.predecessor()))
                .setWrittenAtMillis(entry.writtenAt().toEpochMilli());
        entry.events().forEach(event -> proto.addEvents(toProto(event)));
        entry.proposed().forEach(proposed -> proto.addProposedBuilder()
                .setEvent(proposed.event())
                .setProcess(id(proposed.process()))
                .setNumber(proposed.number()));
        return proto.build();
    }

    private static Event toProto(ManifestEvent event) {
        Event.Builder proto = Event.newBuilder();
        switch (event) {
            case CommitterElected elected -> proto.getCommitterElectedBuilder()
                    .setAddress(elected.address());
            case TopicCreated created -> proto.getTopicCreatedBuilder()
                    .setId(id(created.id()))
                    .setName(created.name().value())
                    .setPartitions(created.partitions())
                    .addAllConfigs(ProtoConfigs.toProto(created.configs()));
            case TopicDeleted deleted -> proto.getTopicDeletedBuilder().setId(id(deleted.id()));
            case SegmentCommitted committed -> proto.setSegmentCommitted(toProto(committed));
            case ProducerIdsReserved reserved -> proto.getProducerIdsReservedBuilder()
                    .setCount(reserved.count());
            case ProducersForgotten forgotten -> proto.getProducersForgottenBuilder()
                    .setBeforeMillis(forgotten.beforeMillis());
            case TransactionalIdInitialized initialized -> proto
                    .setTransactionalIdInitialized(toProto(initialized));
            case TransactionJoined joined -> proto.setTransactionJoined(toProto(joined));
            case TransactionEnded ended -> proto.setTransactionEnded(toProto(ended));
            case GroupShardTaken taken -> proto.setGroupShardTaken(GroupCodec.toProto(taken));
            case GroupRecordsWritten written -> proto
                    .setGroupRecordsWritten(GroupCodec.toProto(written));
            case TransactionalIdsForgotten forgotten -> proto
                    .getTransactionalIdsForgottenBuilder()
                    .setBeforeMillis(forgotten.beforeMillis());
            case ConfigsChanged changed -> proto
                    .setConfigsChanged(ProtoConfigs.toProto(changed));
            case PartitionsAdded added -> proto.getPartitionsAddedBuilder()
                    .setTopic(id(added.topic())).setPartitions(added.partitions());
            case RecordsDeleted deleted -> proto.getRecordsDeletedBuilder()
                    .setPartition(ProtoIds.toProto(deleted.partition()))
                    .setStartOffset(deleted.startOffset());
            case RunsMerged merged -> proto.setRunsMerged(toProto(merged));
            case RunsConverted converted -> proto.getRunsConvertedBuilder()
                    .setFile(ProtoHistory.toProto(converted.file()))
                    .setRun(ProtoRuns.toProto(converted.run()));
            case PartitionCompacted compacted -> proto.getPartitionCompactedBuilder()
                    .setPartition(ProtoIds.toProto(compacted.partition()))
                    .setCompaction(ProtoCompactions.toProto(compacted.compaction()));
            case TablePublished published -> proto.getTablePublishedBuilder()
                    .setTopic(id(published.topic()))
                    .setTable(ProtoTables.toProto(published.version()));
            case UploadsExpired expired -> proto.getUploadsExpiredBuilder()
                    .setBeforeSequence(expired.beforeSequence());
            case WalTaken taken -> proto.setWalTaken(NodeCodec.toProto(taken));
            case NodeJoined joined -> proto.setNodeJoined(NodeCodec.toProto(joined));
            case NodeLeft left -> proto.setNodeLeft(NodeCodec.toProto(left));
            case ObjectsCollected collected -> collected.objects().forEach(object -> proto
                    .getSegmentsCollectedBuilder().addSegments(ProtoIds.toBytes(object)));
        }
        return proto.build();
    }

    private static io.cordwood.manifest.proto.SegmentCommitted toProto(SegmentCommitted event) {
        var proto = io.cordwood.manifest.proto.SegmentCommitted.newBuilder()
                .setWal(id(event.wal()))
                .setNumber(event.number());
        ProtoPlaces.unlessNowhere(event.place()).ifPresent(proto::setSegment);
        event.runs().forEach(run -> proto.addRuns(ProtoRuns.toProto(run)));
        return proto.build();
    }

    private static io.cordwood.manifest.proto.TransactionalIdInitialized toProto(
            TransactionalIdInitialized event) {
        var proto = io.cordwood.manifest.proto.TransactionalIdInitialized.newBuilder()
                .setTransactionalId(event.id().value())
                .setProducerId(event.producer().id())
                .setProducerEpoch(event.producer().epoch())
                .setTimeoutMillis(event.timeoutMillis());
        event.successorOf().ifPresent(before -> proto.setSuccessorOfId(before.id())
                .setSuccessorOfEpoch(before.epoch()));
        return proto.build();
    }

    private static io.cordwood.manifest.proto.TransactionJoined toProto(TransactionJoined event) {
        var proto = io.cordwood.manifest.proto.TransactionJoined.newBuilder()
                .setTransactionalId(event.id().value())
                .addAllGroupShards(GroupCodec.numbers(event.groupShards()));
        event.partitions().forEach(partition -> proto.addPartitions(ProtoIds.toProto(partition)));
        return proto.build();
    }

    private static io.cordwood.manifest.proto.TransactionEnded toProto(TransactionEnded event) {
        var proto = io.cordwood.manifest.proto.TransactionEnded.newBuilder()
                .setTransactionalId(event.id().value())
                .setCommitted(event.committed())
                .setNextProducerId(event.next().id())
                .setNextProducerEpoch(event.next().epoch())
                .addAllGroupShards(GroupCodec.numbers(event.groupShards()));
        ProtoPlaces.unlessNowhere(event.place()).ifPresent(proto::setSegment);
        event.runs().forEach(run -> proto.addRuns(ProtoRuns.toProto(run)));
        return proto.build();
    }

    private static io.cordwood.manifest.proto.RunsMerged toProto(RunsMerged event) {
        var proto = io.cordwood.manifest.proto.RunsMerged.newBuilder()
                .setSegment(ProtoPlaces.toProto(event.place()));
        event.runs().forEach(merged -> proto.addRuns(ProtoRuns.toProto(merged)));
        return proto.build();
    }

    static ManifestEntry fromProto(Entry proto) {
        ManifestEntry.Head head = new ManifestEntry.Head(proto.getSequence(),
                uuid(proto.getWriter()), uuid(proto.getNonce()), proto.getEpoch(),
                uuid(proto.getPredecessor()));
        return new ManifestEntry(head, Instant.ofEpochMilli(proto.getWrittenAtMillis()),
                proto.getEventsList().stream().map(EventCodec::fromProto).toList(),
                proto.getProposedList().stream().map(proposed -> new Proposed(
                        proposed.getEvent(), uuid(proposed.getProcess()),
                        proposed.getNumber())).toList());
    }

    private static ManifestEvent fromProto(Event proto) {
        return switch (proto.getEventCase()) {
            case COMMITTER_ELECTED -> new CommitterElected(
                    proto.getCommitterElected().getAddress());
            case TOPIC_CREATED -> new TopicCreated(uuid(proto.getTopicCreated().getId()),
                    new TopicName(proto.getTopicCreated().getName()),
                    proto.getTopicCreated().getPartitions(),
                    ProtoConfigs.fromProto(proto.getTopicCreated().getConfigsList()));
            case TOPIC_DELETED -> new TopicDeleted(uuid(proto.getTopicDeleted().getId()));
            case SEGMENT_COMMITTED -> fromProto(proto.getSegmentCommitted());
            case PRODUCER_IDS_RESERVED -> new ProducerIdsReserved(
                    proto.getProducerIdsReserved().getCount());
            case PRODUCERS_FORGOTTEN -> new ProducersForgotten(
                    proto.getProducersForgotten().getBeforeMillis());
            case TRANSACTIONAL_ID_INITIALIZED -> fromProto(proto.getTransactionalIdInitialized());
            case TRANSACTION_JOINED -> fromProto(proto.getTransactionJoined());
            case TRANSACTION_ENDED -> fromProto(proto.getTransactionEnded());
            case TRANSACTIONAL_IDS_FORGOTTEN -> new TransactionalIdsForgotten(
                    proto.getTransactionalIdsForgotten().getBeforeMillis());
            case GROUP_SHARD_TAKEN -> GroupCodec.fromProto(proto.getGroupShardTaken());
            case GROUP_RECORDS_WRITTEN -> GroupCodec.fromProto(proto.getGroupRecordsWritten());
            case CONFIGS_CHANGED -> ProtoConfigs.fromProto(proto.getConfigsChanged());
            case PARTITIONS_ADDED -> new PartitionsAdded(
                    uuid(proto.getPartitionsAdded().getTopic()),
                    proto.getPartitionsAdded().getPartitions());
            case RECORDS_DELETED -> new RecordsDeleted(
                    ProtoIds.fromProto(proto.getRecordsDeleted().getPartition()),
                    proto.getRecordsDeleted().getStartOffset());
            case RUNS_MERGED -> fromProto(proto.getRunsMerged());
            case RUNS_CONVERTED -> new RunsConverted(
                    ProtoHistory.fromProto(proto.getRunsConverted().getFile()),
                    ProtoRuns.fromProto(proto.getRunsConverted().getRun()));
            case PARTITION_COMPACTED -> new PartitionCompacted(
                    ProtoIds.fromProto(proto.getPartitionCompacted().getPartition()),
                    ProtoCompactions.fromProto(proto.getPartitionCompacted().getCompaction()));
            case TABLE_PUBLISHED -> new TablePublished(
                    uuid(proto.getTablePublished().getTopic()),
                    ProtoTables.fromProto(proto.getTablePublished().getTable()));
            case UPLOADS_EXPIRED -> new UploadsExpired(
                    proto.getUploadsExpired().getBeforeSequence());
            case WAL_TAKEN -> NodeCodec.fromProto(proto.getWalTaken());
            case NODE_JOINED -> NodeCodec.fromProto(proto.getNodeJoined());
            case NODE_LEFT -> NodeCodec.fromProto(proto.getNodeLeft());
            case SEGMENTS_COLLECTED -> new ObjectsCollected(proto.getSegmentsCollected()
                    .getSegmentsList().stream().map(ProtoIds::objectFromBytes).toList());
            case EVENT_NOT_SET -> throw new IllegalArgumentException(
                    "it holds an event that this version does not know: a newer one wrote it");
        };
    }

    private static SegmentCommitted fromProto(io.cordwood.manifest.proto.SegmentCommitted proto) {
        return new SegmentCommitted(uuid(proto.getWal()), proto.getNumber(),
                proto.hasSegment()
                        ? ProtoPlaces.fromProto(proto.getSegment())
                        : new SegmentPlace.Nowhere(),
                proto.getRunsList().stream().map(ProtoRuns::fromProto).toList());
    }

    private static TransactionalIdInitialized fromProto(
            io.cordwood.manifest.proto.TransactionalIdInitialized proto) {
        return new TransactionalIdInitialized(new TransactionalId(proto.getTransactionalId()),
                ProtoIds.producer(proto.getProducerId(), proto.getProducerEpoch()),
                proto.getTimeoutMillis(),
                proto.hasSuccessorOfId()
                        ? Optional.of(ProtoIds.producer(proto.getSuccessorOfId(),
                                proto.getSuccessorOfEpoch()))
                        : Optional.empty());
    }

    private static TransactionJoined fromProto(
            io.cordwood.manifest.proto.TransactionJoined proto) {
        return new TransactionJoined(new TransactionalId(proto.getTransactionalId()),
                proto.getPartitionsList().stream().map(ProtoIds::fromProto).toList(),
                GroupCodec.shards(proto.getGroupShardsList()));
    }

    private static TransactionEnded fromProto(io.cordwood.manifest.proto.TransactionEnded proto) {
        return new TransactionEnded(new TransactionalId(proto.getTransactionalId()),
                proto.getCommitted(),
                ProtoIds.producer(proto.getNextProducerId(), proto.getNextProducerEpoch()),
                proto.hasSegment()
                        ? ProtoPlaces.fromProto(proto.getSegment())
                        : new SegmentPlace.Nowhere(),
                proto.getRunsList().stream().map(ProtoRuns::fromProto).toList(),
                GroupCodec.shards(proto.getGroupShardsList()));
    }

    private static RunsMerged fromProto(io.cordwood.manifest.proto.RunsMerged proto) {
        return new RunsMerged(ProtoPlaces.storedFromProto(proto.getSegment()),
                proto.getRunsList().stream().map(ProtoRuns::fromProto).toList());
    }

    private static ByteString id(UUID id) {
        return ProtoIds.toBytes(id);
    }

    private static UUID uuid(ByteString bytes) {
        return ProtoIds.fromBytes(bytes);
    }
}
