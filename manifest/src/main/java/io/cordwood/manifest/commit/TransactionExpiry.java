package io.cordwood.manifest.commit;

import io.cordwood.manifest.commit.EndTransaction.Succession;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.state.TransactionState;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.Invariant;
import io.cordwood.store.batch.ProducerIdentity;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Aborts transactions that have been open for longer than their producers said: who reads committed
 * records waits for them. Forgets transactional ids that have not been used for long. Confined to a
 * loop.
 *
 * <p>Entries are dated by the wall clock of whoever wrote them, which may be ahead of the one here.
 * So what is open is also timed from when it was first seen here, and the shorter time counts.
 */
public final class TransactionExpiry {

    /** How long after its time a transaction may go on. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    /** How long an id is kept, as Kafka's {@code transactional.id.expiration.ms} has it. */
    public static final Duration UNUSED_MAX = Duration.ofDays(7);

    private final Follower follower;
    private final Commits commits;
    private final EventLoop loop;
    private final Supplier<UUID> ids;
    private Map<TransactionalId, Sighting> sightings = Map.of();

    /** An expiry that has not started. */
    public TransactionExpiry(Follower follower, Commits commits, EventLoop loop,
            Supplier<UUID> ids) {
        this.follower = follower;
        this.commits = commits;
        this.loop = loop;
        this.ids = ids;
    }

    /**
     * Looks from now on, while this process is the committer. It does not look again before what it
     * proposed is settled: in an outage its proposals would fill the committer's line.
     */
    public void start() {
        loop.schedule(PAUSE, this::look);
    }

    private void look() {
        if (commits.ended().isComplete()) {
            return;
        }
        if (!commits.isCommitter()) {
            sightings = Map.of();
            start();
            return;
        }
        long now = loop.now().toEpochMilli();
        List<Future<?>> proposed = new ArrayList<>();
        Map<TransactionalId, Sighting> seen = new HashMap<>();
        for (TransactionState transaction : follower.state().transactions().all()) {
            if (transaction.isOngoing()) {
                Sighting first = firstSighting(transaction);
                seen.put(transaction.id(), first);
                if (isOverdue(transaction, first, now)) {
                    proposed.add(abort(transaction, now));
                }
            }
        }
        sightings = seen;
        long before = now - UNUSED_MAX.toMillis();
        if (follower.state().transactions().hasUnusedSince(before)) {
            proposed.add(commits.commit(new ForgetTransactionalIds(before)));
        }
        Future.join(proposed).onFailure(Invariant::rethrow).onComplete(done -> start());
    }

    private Sighting firstSighting(TransactionState transaction) {
        return Optional.ofNullable(sightings.get(transaction.id()))
                .filter(before -> before.isOf(transaction))
                .orElseGet(() -> new Sighting(transaction.producer(), transaction.sinceMillis(),
                        loop.nanoTime()));
    }

    private boolean isOverdue(TransactionState transaction, Sighting first, long now) {
        Duration timeout = Duration.ofMillis(transaction.timeoutMillis());
        return now - transaction.sinceMillis() > timeout.toMillis()
                || loop.nanoTime() - first.atNanos() > timeout.toNanos();
    }

    /** Whoever ended it meanwhile: then this is refused. */
    private Future<?> abort(TransactionState transaction, long now) {
        return spare(transaction).compose(spare -> commits.commit(new EndTransaction(
                transaction.id(), transaction.producer(), false, new Succession.Later(spare),
                new EndTransaction.End(ids.get(), now, transaction.since().sequence()))));
    }

    private Future<Long> spare(TransactionState transaction) {
        return transaction.producer().isExhausted()
                ? commits.commit(new ReserveProducerIds(1))
                : Future.succeededFuture(transaction.producer().id());
    }

    /** When a transaction was first seen to be open. */
    private record Sighting(ProducerIdentity producer, long sinceMillis, long atNanos) {

        boolean isOf(TransactionState transaction) {
            return transaction.producer().equals(producer)
                    && transaction.sinceMillis() == sinceMillis;
        }
    }
}
