package io.cordwood.kafka.log;

import io.cordwood.ingest.Ingest;
import io.cordwood.manifest.commit.Commits;
import io.cordwood.manifest.commit.Proposal;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.query.Query;
import io.cordwood.runtime.ByteBudget;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.RejectedException;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What the handlers work with. Any thread may call; futures complete on the loop.
 *
 * @param reads bounds the bytes of batches that are read and not sent yet
 * @param ids of topics and segments: never the same twice
 */
public record KafkaLog(EventLoop loop, Follower follower, Commits commits, Ingest ingest,
        Query query, ByteBudget reads, Supplier<UUID> ids) {

    /** What is true now. */
    public ManifestState state() {
        return follower.state();
    }

    /**
     * Proposes something to the committer. A refusal may be the end of whoever is told, so it must
     * hold at the end of the log: a process that was taken over and does not know it yet would
     * judge by what was true once.
     */
    public <T> Future<T> propose(Proposal<T> proposal) {
        return loop.submit(() -> commits.commit(proposal)
                .recover(failure -> failure instanceof RejectedException
                        ? follower.catchUp().compose(caughtUp -> commits.commit(proposal))
                        : Future.failedFuture(failure)));
    }

    /** What is true at the end of the log, which is asked for: others may have added to it. */
    public Future<ManifestState> fresh() {
        return loop.submit(follower::catchUp);
    }

    /** Takes room for batches that are about to be read; given back with {@link #giveBack}. */
    public Future<Void> reserve(long bytes) {
        return loop.submit(() -> reads.acquire(bytes));
    }

    /** Reads within so many bytes of the room for batches, and keeps none of it. */
    public <T> Future<T> reading(long bytes, Supplier<Future<T>> read) {
        return reserve(bytes).compose(reserved -> Future.succeededFuture()
                .compose(nothing -> read.get()).onComplete(done -> giveBack(bytes)));
    }

    /** Gives back room for batches. */
    public void giveBack(long bytes) {
        loop.execute(() -> reads.release(bytes));
    }
}
