package io.cordwood.indexer.collect;

import io.cordwood.runtime.EventLoop;
import java.time.Duration;

/** When something is done again that is done now and then. Confined to a loop. */
final class Pace {

    private final EventLoop loop;
    private final Duration pause;
    private long lastNanos;

    /** The first time is when the pause is over. */
    Pace(EventLoop loop, Duration pause) {
        this.loop = loop;
        this.pause = pause;
        this.lastNanos = loop.nanoTime();
    }

    /** Whether it is time again. If it is, the next pause begins. */
    boolean isDue() {
        long now = loop.nanoTime();
        if (now - lastNanos < pause.toNanos()) {
            return false;
        }
        lastNanos = now;
        return true;
    }
}
