package io.cordwood.groups.shard;

import static org.apache.kafka.common.requests.TxnOffsetCommitRequest.LAST_STABLE_VERSION_BEFORE_TRANSACTION_V2;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.wire.Failures;
import io.cordwood.manifest.commit.WriteGroupRecords;
import io.cordwood.manifest.commit.WriteGroupRecords.Membership;
import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.LogException;
import io.cordwood.store.batch.ProducerIdentity;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.coordinator.common.runtime.PartitionWriter;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.VerificationGuard;

/**
 * Writes what the coordinator has to remember into the manifest. The ends of transactions are there
 * already: an entry has ended them in all their partitions and shards.
 */
public final class ShardWriter implements PartitionWriter {

    private final KafkaLog log;
    private final Shards shards;
    private final LogConfig config = new LogConfig(Map.of());

    /** On the writes of clients that let a shard join a transaction by them. */
    private final VerificationGuard joining = new VerificationGuard();

    /** A writer of the shards that this process has. */
    public ShardWriter(KafkaLog log, Shards shards) {
        this.log = log;
        this.shards = shards;
    }

    @Override
    public void registerListener(TopicPartition partition, Listener listener) {
        tenure(partition).onDurable(
                offset -> listener.onHighWatermarkUpdated(partition, offset));
    }

    @Override
    public void deregisterListener(TopicPartition partition, Listener listener) {
        shards.tenure(Shards.of(partition))
                .ifPresent(tenure -> log.loop().execute(tenure::end));
    }

    /** How large a batch may be: as Kafka has it. */
    @Override
    public LogConfig config(TopicPartition partition) {
        return config;
    }

    /** The bytes are copied: the coordinator uses its buffer again. */
    @Override
    public long append(TopicPartition partition, VerificationGuard guard, MemoryRecords records,
            short transactionVersion) {
        RecordBatch batch = records.firstBatch();
        Invariant.check(batch != null, "the coordinator writes batches, not nothing");
        if (batch.isControlBatch()) {
            return tenure(partition).skip();
        }
        List<GroupRecord> written = new ArrayList<>();
        for (Record record : batch) {
            written.add(GroupRecord.copyOf(record.key(), Optional.ofNullable(record.value())));
        }
        return tenure(partition).write(written, batch.isTransactional()
                ? Optional.of(new Membership(
                        new ProducerIdentity(batch.producerId(), batch.producerEpoch()),
                        guard.equals(joining)))
                : Optional.empty());
    }

    /**
     * Refuses early what the commit would refuse: a write that fails there has its shard loaded
     * anew.
     */
    @Override
    public CompletableFuture<VerificationGuard> maybeStartTransactionVerification(
            TopicPartition partition, String transactionalId, long producerId,
            short producerEpoch, int apiVersion) {
        boolean joins = apiVersion > LAST_STABLE_VERSION_BEFORE_TRANSACTION_V2;
        try {
            TransactionalId id = new TransactionalId(transactionalId);
            Membership membership = new Membership(
                    new ProducerIdentity(producerId, producerEpoch), joins);
            return verify(state -> WriteGroupRecords.refusal(state, id, Shards.of(partition),
                    membership))
                    .map(verified -> joins ? joining : VerificationGuard.SENTINEL)
                    .toCompletionStage().toCompletableFuture();
        } catch (LogException | IllegalArgumentException noProducer) {
            return CompletableFuture
                    .failedFuture(Errors.INVALID_PRODUCER_ID_MAPPING.exception());
        }
    }

    /** What another node was just told of its producer is not refused for not being known here. */
    private Future<Void> verify(
            Function<ManifestState, Optional<? extends LogException>> refusal) {
        return refusal.apply(log.state()).isEmpty()
                ? Future.succeededFuture()
                : log.fresh().compose(fresh -> refusal.apply(fresh)
                        .map(reason -> Future.<Void>failedFuture(Failures.of(reason)))
                        .orElseGet(Future::succeededFuture));
    }

    /** What the coordinator needs no more is gone with the next record of its key. */
    @Override
    public CompletableFuture<Void> deleteRecords(TopicPartition partition, long beforeOffset) {
        return CompletableFuture.completedFuture(null);
    }

    private Tenure tenure(TopicPartition partition) {
        return shards.tenure(Shards.of(partition))
                .orElseThrow(Errors.NOT_LEADER_OR_FOLLOWER::exception);
    }
}
