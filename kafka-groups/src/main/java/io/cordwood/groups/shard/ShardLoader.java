package io.cordwood.groups.shard;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.manifest.commit.TakeGroupShard;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.state.GroupShardState;
import io.cordwood.manifest.state.WrittenGroupRecord;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.Workers;
import io.cordwood.store.batch.ProducerIdentity;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.coordinator.common.runtime.CoordinatorLoader;
import org.apache.kafka.coordinator.common.runtime.CoordinatorPlayback;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.common.runtime.Deserializer.UnknownRecordTypeException;
import org.apache.kafka.coordinator.group.GroupCoordinatorRecordSerde;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a shard and tells the coordinator what is in it. Taken first: whoever wrote it before can
 * write no more, so only the end of a transaction can change it then. A load that was overtaken by
 * one has failed, and is tried again: the coordinator was told of the end before it could know of
 * the transaction.
 */
public final class ShardLoader implements CoordinatorLoader<CoordinatorRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(ShardLoader.class);

    private final KafkaLog log;
    private final Workers workers;
    private final Shards shards;
    private final UUID owner;
    private final GroupCoordinatorRecordSerde serde = new GroupCoordinatorRecordSerde();

    /**
     * A loader.
     *
     * @param owner this process
     */
    public ShardLoader(KafkaLog log, Workers workers, Shards shards, UUID owner) {
        this.log = log;
        this.workers = workers;
        this.shards = shards;
        this.owner = owner;
    }

    @Override
    public CompletableFuture<LoadSummary> load(TopicPartition partition,
            CoordinatorPlayback<CoordinatorRecord> playback) {
        GroupShard shard = Shards.of(partition);
        long begun = log.loop().now().toEpochMilli();
        CompletableFuture<LoadSummary> loaded = new CompletableFuture<>();
        log.propose(new TakeGroupShard(shard, owner))
                .compose(epoch -> load(shard, epoch, playback))
                .onSuccess(records -> {
                    loaded.complete(new LoadSummary(begun, log.loop().now().toEpochMilli(), 0,
                            records, 0));
                    shards.loaded(shard);
                })
                .onFailure(failure -> {
                    Invariant.rethrow(failure);
                    loaded.completeExceptionally(failure);
                    shards.electLater(shard);
                });
        return loaded;
    }

    private Future<Long> load(GroupShard shard, long epoch,
            CoordinatorPlayback<CoordinatorRecord> playback) {
        GroupShardState state = log.state().groupShard(shard);
        return log.loop().confine(workers.call(() -> replay(state, playback))).map(end -> {
            if (log.state().groupShard(shard) != state) {
                throw Errors.COORDINATOR_LOAD_IN_PROGRESS
                        .exception("The shard has changed while it was loaded.");
            }
            shards.begin(shard, new Tenure.Start(epoch, end));
            return end;
        });
    }

    private long replay(GroupShardState state, CoordinatorPlayback<CoordinatorRecord> playback) {
        long offset = 0;
        for (WrittenGroupRecord written : state.records()) {
            replay(offset, written, playback);
            offset++;
        }
        if (offset > 0) {
            playback.updateLastWrittenOffset(offset);
            playback.updateLastCommittedOffset(offset);
        }
        return offset;
    }

    /** What a later version has written, this one does not know and goes on without. */
    private void replay(long offset, WrittenGroupRecord written,
            CoordinatorPlayback<CoordinatorRecord> playback) {
        try {
            CoordinatorRecord record = serde.deserialize(written.record().keyBytes(),
                    written.record().valueBytes().orElse(null));
            playback.replay(offset,
                    written.transaction().map(ProducerIdentity::id)
                            .orElse(RecordBatch.NO_PRODUCER_ID),
                    written.transaction().map(ProducerIdentity::epoch)
                            .orElse(RecordBatch.NO_PRODUCER_EPOCH),
                    record);
        } catch (UnknownRecordTypeException unknown) {
            LOG.warn("A record of the groups is of an unknown type and was left out: {}",
                    unknown.getMessage());
        }
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
