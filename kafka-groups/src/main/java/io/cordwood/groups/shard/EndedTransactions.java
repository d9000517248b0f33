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
import org.apache.kafka.common.errors.CoordinatorLoadInProgressException;
import org.apache.kafka.common.errors.NotCoordinatorException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.apache.kafka.server.common.TransactionVersion;

/**
 * Tells the coordinator of transactions that have ended in its shards, each before its producer can
 * begin another: later, the offsets of the next would be taken for those of this one. Where the
 * coordinator cannot be told in time, it loads the shard anew, from a state that knows the end.
 */
public final class EndedTransactions implements ManifestListener {

    private static final int COORDINATOR_EPOCH = 0;

    private final KafkaLog log;
    private final GroupCoordinator coordinator;
    private final Shards shards;
    private ManifestState before;

    /** A listener that knows the manifest up to now. Called on the log's loop. */
    public EndedTransactions(KafkaLog log, GroupCoordinator coordinator, Shards shards) {
        this.log = log;
        this.coordinator = coordinator;
        this.shards = shards;
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
                .onFailure(failure -> {
                    if (!isKnown(failure)) {
                        log.loop().execute(() -> shards.loadAnew(shard));
                    }
                });
    }

    /**
     * Whether the coordinator knows of the end, or will: after a time-out it only waits for what it
     * wrote before, and a shard that is not loaded yet is not taken for loaded without it.
     */
    private static boolean isKnown(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof NotCoordinatorException
                || failure instanceof CoordinatorLoadInProgressException;
    }
}
