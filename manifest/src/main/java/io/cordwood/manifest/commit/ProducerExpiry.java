package io.cordwood.manifest.commit;

import io.cordwood.manifest.follow.Follower;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.Invariant;
import java.time.Duration;

/**
 * Lets partitions forget producers that have been silent for long: each takes memory in every
 * state. One that speaks up later goes on; only what it had sent before the silence is recognised
 * no more. Confined to a loop.
 */
public final class ProducerExpiry {

    /** How long a producer may be silent, as Kafka's {@code producer.id.expiration.ms} has it. */
    public static final Duration SILENCE_MAX = Duration.ofDays(1);

    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final Follower follower;
    private final Commits commits;
    private final EventLoop loop;

    /** An expiry that has not started. */
    public ProducerExpiry(Follower follower, Commits commits, EventLoop loop) {
        this.follower = follower;
        this.commits = commits;
        this.loop = loop;
    }

    /** Looks from now on, while this process is the committer. */
    public void start() {
        loop.schedule(PAUSE, this::look);
    }

    private void look() {
        if (commits.ended().isComplete()) {
            return;
        }
        long before = loop.now().minus(SILENCE_MAX).toEpochMilli();
        if (commits.isCommitter() && follower.state().silentProducersEnd(before) > 0) {
            commits.commit(new ForgetProducers(before)).onFailure(Invariant::rethrow);
        }
        start();
    }
}
