package io.cordwood.server.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.HistoryPlace;
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
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.state.LogPosition;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Tier;
import io.cordwood.manifest.state.TierSizes;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.segment.SegmentIndex;
import io.cordwood.store.segment.SegmentRun;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Entries, states and segments in words: what the log says, field by field. */
final class Descriptions {

    private Descriptions() {}

    /** An entry in a few fields. */
    static ObjectNode summary(StoredEntry stored) {
        ManifestEntry entry = stored.entry();
        ObjectNode summary = JsonNodeFactory.instance.objectNode()
                .put("sequence", entry.sequence())
                .put("written_at", entry.writtenAt().toString())
                .put("epoch", entry.head().epoch())
                .put("bytes", stored.size());
        ArrayNode events = summary.putArray("events");
        entry.events().forEach(event -> events.add(name(event)));
        return summary;
    }

    /** An entry with all that it says. */
    static ObjectNode entry(StoredEntry stored) {
        ManifestEntry entry = stored.entry();
        ObjectNode description = JsonNodeFactory.instance.objectNode()
                .put("sequence", entry.sequence())
                .put("writer", entry.head().writer().toString())
                .put("nonce", entry.head().nonce().toString())
                .put("epoch", entry.head().epoch())
                .put("predecessor", entry.head().predecessor().toString())
                .put("written_at", entry.writtenAt().toString())
                .put("bytes", stored.size())
                .put("inline_position", stored.inlinePosition());
        ArrayNode events = description.putArray("events");
        entry.events().forEach(event -> events.add(event(event)));
        return description;
    }

    private static String name(ManifestEvent event) {
        return switch (event) {
            case CommitterElected elected -> "committer elected: " + elected.address();
            case TopicCreated created -> "topic created: " + created.name();
            case TopicDeleted deleted -> "topic deleted: " + deleted.id();
            case SegmentCommitted committed -> "segment committed: " + committed.runs().size()
                    + " runs, " + committed.runs().stream().mapToLong(CommittedRun::offsets).sum()
                    + " records";
            case ProducerIdsReserved reserved -> "producer ids reserved: " + reserved.count();
            case ProducersForgotten forgotten -> "producers forgotten that were silent since "
                    + Instant.ofEpochMilli(forgotten.beforeMillis());
            case TransactionalIdInitialized initialized -> "transactional id initialized: "
                    + initialized.id();
            case TransactionJoined joined -> "transaction joined: " + joined.id();
            case GroupShardTaken taken -> "group shard taken: " + taken.shard().number();
            case GroupRecordsWritten written -> "group records written: "
                    + written.records().size() + " of shard " + written.shard().number();
            case TransactionalIdsForgotten forgotten -> "transactional ids forgotten that were"
                    + " unused since " + Instant.ofEpochMilli(forgotten.beforeMillis());
            case TransactionEnded ended -> "transaction "
                    + (ended.committed() ? "committed: " : "aborted: ") + ended.id();
            case ConfigsChanged changed -> "configs changed: "
                    + ConfigDescriptions.name(changed.scope());
            case PartitionsAdded added -> "partitions added: " + added.topic();
            case RecordsDeleted deleted -> "records deleted: " + deleted.partition();
            case RunsMerged merged -> "runs merged: into " + merged.runs().size();
            case RunsConverted converted -> "runs converted: " + converted.file().records()
                    + " records of " + converted.run().run().partition();
            case PartitionCompacted compacted -> "partition compacted: " + compacted.partition()
                    + " to " + compacted.compaction().endOffset();
            case TablePublished published -> "table published: version "
                    + published.version().number() + " of " + published.topic();
            case UploadsExpired expired -> "uploads expired: before entry "
                    + expired.beforeSequence();
            case WalTaken taken -> "local WAL taken: " + taken.wal();
            case NodeJoined joined -> "node joined: " + joined.member().name();
            case NodeLeft left -> "node left: process " + left.process();
            case ObjectsCollected collected -> "objects collected: "
                    + collected.objects().size();
        };
    }

    private static ObjectNode event(ManifestEvent event) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("event", name(event));
        switch (event) {
            case CommitterElected elected -> node.put("address", elected.address());
            case TopicCreated created -> ConfigDescriptions
                    .add(node.put("id", created.id().toString())
                            .put("partitions", created.partitions()), created.configs());
            case TopicDeleted deleted -> node.put("id", deleted.id().toString());
            case SegmentCommitted committed -> commit(node, committed);
            case ProducerIdsReserved reserved -> node.put("count", reserved.count());
            case ProducersForgotten forgotten -> node.put("before", forgotten.beforeMillis());
            case TransactionalIdInitialized initialized -> node
                    .put("producer", initialized.producer().id())
                    .put("epoch", initialized.producer().epoch())
                    .put("timeout_ms", initialized.timeoutMillis());
            case TransactionalIdsForgotten forgotten -> node
                    .put("before", forgotten.beforeMillis());
            case TransactionJoined joined -> {
                ArrayNode partitions = node.putArray("partitions");
                joined.partitions().forEach(partition -> partitions.add(partition.toString()));
                addShards(node, joined.groupShards());
            }
            case GroupShardTaken taken -> node.put("owner", taken.owner().toString());
            case GroupRecordsWritten written -> {
                node.put("number", written.number()).put("bytes",
                        written.records().stream().mapToLong(GroupRecord::size).sum());
                written.producer().ifPresent(producer -> node.put("producer", producer.id())
                        .put("epoch", producer.epoch()));
            }
            case TransactionEnded ended -> {
                node.put("next_producer", ended.next().id())
                        .put("next_epoch", ended.next().epoch());
                append(node, ended);
                addShards(node, ended.groupShards());
            }
            case ConfigsChanged changed -> ConfigDescriptions.add(node, changed.change());
            case PartitionsAdded added -> node.put("partitions", added.partitions());
            case RecordsDeleted deleted -> node.put("start_offset", deleted.startOffset());
            case RunsMerged merged -> merge(node, merged);
            case RunsConverted converted -> {
                HistoryPlace file = converted.file();
                node.put("file", new DataObject.History(file.topic(), file.id()).key().value())
                        .put("tail_position", file.tail().position())
                        .put("records", file.records())
                        .put("min_timestamp", file.minTimestampMillis());
                commit(node.putObject("run").put("base_offset", converted.run().baseOffset()),
                        converted.run().run());
            }
            case PartitionCompacted compacted -> node
                    .put("end_offset", compacted.compaction().endOffset())
                    .put("tombstones_end_offset",
                            compacted.compaction().tombstones().endOffset());
            case TablePublished published -> {
                ArrayNode objects = node.put("topic", published.topic().toString())
                        .put("version", published.version().number()).putArray("objects");
                published.version().objects(published.topic())
                        .forEach(object -> objects.add(object.key().value()));
            }
            case UploadsExpired expired -> node.put("before", expired.beforeSequence());
            case WalTaken taken -> node.put("wal", taken.wal().toString())
                    .put("owner", taken.owner().toString());
            case NodeJoined joined -> NodeDescriptions.describe(node, joined.member());
            case NodeLeft left -> node.put("process", left.process().toString());
            case ObjectsCollected collected -> {
                ArrayNode objects = node.putArray("objects");
                collected.objects().forEach(object -> objects.add(object.key().value()));
            }
        }
        return node;
    }

    private static void addShards(ObjectNode node, List<GroupShard> shards) {
        ArrayNode numbers = node.putArray("group_shards");
        shards.forEach(shard -> numbers.add(shard.number()));
    }

    private static void commit(ObjectNode node, SegmentCommitted committed) {
        node.put("wal", committed.wal().toString()).put("number", committed.number());
        append(node, committed);
    }

    private static void merge(ObjectNode node, RunsMerged merged) {
        node.put("segment", merged.place().id().toString());
        ArrayNode runs = node.putArray("runs");
        merged.runs().forEach(run -> commit(
                runs.addObject().put("base_offset", run.baseOffset()), run.run()));
    }

    private static void append(ObjectNode node, RunsAppended appended) {
        switch (appended.place()) {
            case SegmentPlace.Stored stored -> node.put("segment", stored.id().toString());
            case SegmentPlace.Inline inline -> node.put("inline_at", inline.position());
            case SegmentPlace.Nowhere() -> node.putNull("segment");
        }
        ArrayNode runs = node.putArray("runs");
        appended.runs().forEach(run -> commit(runs.addObject(), run));
    }

    private static void commit(ObjectNode node, CommittedRun run) {
        node.put("partition", run.partition().toString())
                .put("position", run.position())
                .put("length", run.length())
                .put("offsets", run.offsets())
                .put("max_timestamp", run.maxTimestampMillis());
        ArrayNode batches = node.putArray("batches");
        run.batches().forEach(batch -> batches.addObject()
                .put("producer", batch.producer().producerId())
                .put("epoch", batch.producer().producerEpoch())
                .put("first_sequence", batch.producer().firstSequence())
                .put("transactional", batch.producer().transactional())
                .put("offset_delta", batch.offsetDelta())
                .put("records", batch.records()));
    }

    /** A state: how far it goes, and its topics. */
    static ObjectNode state(ManifestState state) {
        LogPosition position = state.position();
        ObjectNode node = JsonNodeFactory.instance.objectNode()
                .put("sequence", position.sequence())
                .put("epoch", position.epoch())
                .put("committer", position.committer().toString())
                .put("committer_address", position.address());
        ArrayNode topics = node.putArray("topics");
        state.topics().forEach(topic -> topics.add(topic(topic)));
        ConfigDescriptions.add(node.putArray("configs"), state.configs());
        return node;
    }

    private static ObjectNode topic(TopicState topic) {
        ObjectNode node = JsonNodeFactory.instance.objectNode()
                .put("name", topic.name().value()).put("id", topic.id().toString());
        ConfigDescriptions.add(node, topic.configs());
        ArrayNode partitions = node.putArray("partitions");
        for (int i = 0; i < topic.partitionCount(); i++) {
            PartitionState partition = topic.partition(i);
            tiers(partitions.addObject().put("partition", i)
                    .put("start_offset", partition.startOffset())
                    .put("next_offset", partition.nextOffset())
                    .put("runs", partition.runCount())
                    .put("compacted_to", partition.compaction().endOffset())
                    .put("bytes", partition.sizeBytes()), partition.sizes());
        }
        return node;
    }

    private static void tiers(ObjectNode node, TierSizes sizes) {
        for (Tier tier : Tier.values()) {
            node.putObject(tier.name().toLowerCase(Locale.ROOT))
                    .put("runs", sizes.of(tier).runs())
                    .put("bytes", sizes.of(tier).bytes());
        }
    }

    static ObjectNode segment(UUID id, int size, SegmentIndex index) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("id", id.toString())
                .put("bytes", size);
        ArrayNode runs = node.putArray("runs");
        for (int i = 0; i < index.runs().size(); i++) {
            SegmentRun run = index.runs().get(i);
            runs.addObject().put("partition", run.partition().toString())
                    .put("position", run.position())
                    .put("length", run.length())
                    .put("batches", run.batches())
                    .put("offsets", run.offsets())
                    .put("min_timestamp", run.timestamps().minMillis())
                    .put("max_timestamp", run.timestamps().maxMillis())
                    .put("stretches", index.stretches().get(i).size());
        }
        return node;
    }
}
