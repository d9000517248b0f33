package io.cordwood.manifest.follow;

import io.cordwood.manifest.log.Moment;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.Invariant;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for entries of others when nothing else happened for a while: one small read each time, so
 * an idle node costs cents a month and still notices soon that another took over.
 */
public final class HeadProbe {

    /** How long the end of the log may go unseen. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(HeadProbe.class);

    private final Follower follower;
    private final EventLoop loop;

    public HeadProbe(Follower follower, EventLoop loop) {
        this.follower = follower;
        this.loop = loop;
    }

    /** Begins to look, for as long as the loop runs. */
    public void start() {
        loop.schedule(INTERVAL, this::probe);
    }

    private void probe() {
        Moment last = follower.headKnown();
        if (last.elapsed(loop).compareTo(INTERVAL) < 0) {
            start();
            return;
        }
        follower.catchUp().onSuccess(done -> start()).onFailure(failure -> {
            Invariant.rethrow(failure);
            LOG.warn("The end of the manifest could not be read: {}", failure.toString());
            start();
        });
    }
}
