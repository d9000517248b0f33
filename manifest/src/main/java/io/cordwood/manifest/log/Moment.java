package io.cordwood.manifest.log;

import io.cordwood.runtime.EventLoop;
import java.time.Duration;
import java.time.Instant;

/**
 * A point in time by both clocks. A suspended machine stops the one and an adjustment moves the
 * other: whoever must not underestimate a delay asks for the longer of the two.
 */
public record Moment(long nanos, Instant wall) {

    /** Longer ago than anything. */
    public static final Moment NEVER = new Moment(0, Instant.MIN);

    public static Moment now(EventLoop loop) {
        return new Moment(loop.nanoTime(), loop.now());
    }

    /** The longer of the two times that passed since. */
    public Duration elapsed(EventLoop loop) {
        Duration steady = Duration.ofNanos(loop.nanoTime() - nanos);
        Duration byWall = Duration.between(wall, loop.now());
        return steady.compareTo(byWall) > 0 ? steady : byWall;
    }
}
