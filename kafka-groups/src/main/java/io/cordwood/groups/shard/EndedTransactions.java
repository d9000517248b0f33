package io.cordwood.groups.shard;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.TransactionEnded;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.follow.ManifestListener;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.store.batch.ProducerIdentity;
import io.vertx.core.Future;
import java.time.Duration;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.apache.kafka.server.common.TransactionVersion;

/**
 * Tells the coordinator of transactions that have ended in its shards. Whoever was loading a shard
 * meanwhile is told again: there it may be known already, which does no harm.
 */
public final class EndedTransactions implements ManifestListener {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int COORDINATOR_EPOCH = 0;

    private final KafkaLog log;
    private final GroupCoordinator coordinator;
    private ManifestState before;

    /** A listener that knows the manifest up to now. Called on the log's loop. */
    public EndedTransactions(KafkaLog log, GroupCoordinator coordinator) {
        this.log = log;
        this.coordinator = coordinator;
        this.before = log.state();
    }

    @Override
    public void applied(StoredEntry entry, ManifestState state) {
        for (ManifestEvent event : entry.entry().events()) {
            if (event instanceof TransactionEnded ended) {
                ended.groupShards().forEach(shard -> complete(shard, ended));
            }
        }
        before = state;
    }

    /** Whose transaction it was, the state before the entry knows. */
    private void complete(GroupShard shard, TransactionEnded ended) {
        before.transactions().of(ended.id()).ifPresent(
                transaction -> complete(shard, transaction.producer(), ended.committed()));
    }

    private void complete(GroupShard shard, ProducerIdentity producer, boolean committed) {
        Future.fromCompletionStage(coordinator.completeTransaction(Shards.partition(shard),
                producer.id(), producer.epoch(), COORDINATOR_EPOCH,
                committed ? TransactionResult.COMMIT : TransactionResult.ABORT,
                TransactionVersion.TV_2.featureLevel()))
                .onFailure(loading -> log.loop().schedule(PAUSE, () -> {
                    if (!log.committer().deposed().isComplete()) {
                        complete(shard, producer, committed);
                    }
                }));
    }
}
