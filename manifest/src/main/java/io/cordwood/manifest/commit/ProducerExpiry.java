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
    private final Committer committer;
    private final EventLoop loop;

    /** An expiry that has not started. */
    public ProducerExpiry(Follower follower, Committer committer, EventLoop loop) {
        this.follower = follower;
        this.committer = committer;
        this.loop = loop;
    }

    /** Looks from now on, until this process is the committer no more. */
    public void start() {
        loop.schedule(PAUSE, this::look);
    }

    private void look() {
        if (committer.deposed().isComplete()) {
            return;
        }
        long before = loop.now().minus(SILENCE_MAX).toEpochMilli();
        if (follower.state().silentProducersEnd(before) > 0) {
            committer.commit(new ForgetProducers(before)).onFailure(Invariant::rethrow);
        }
        start();
    }
}
