package io.cordwood.indexer.collect;

import io.cordwood.manifest.log.Checkpoints;
import io.cordwood.runtime.EventLoop;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Deletes the checkpoints that their successors have left: whoever writes one deletes the older
 * ones, but a delete may fail, or be confirmed and not carried out. Confined to a loop.
 */
public final class CheckpointCollector {

    private final Checkpoints checkpoints;
    private final EventLoop loop;
    private final Pace pace;

    /** A collector that looks once in each pause. */
    public CheckpointCollector(Checkpoints checkpoints, EventLoop loop, Duration pause) {
        this.checkpoints = checkpoints;
        this.loop = loop;
        this.pace = new Pace(loop, pause);
    }

    /**
     * Deletes what is there too many, if it is time to look.
     *
     * @return how many are gone; those that are still there are found again at the next look
     */
    public Future<Integer> collect() {
        return pace.isDue()
                ? loop.confine(checkpoints.deleteOld())
                : Future.succeededFuture(0);
    }
}
