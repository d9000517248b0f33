package io.cordwood.query;

import io.cordwood.runtime.EventLoop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A bound on what all replaying readers together have asked for ahead and not read. One alone may
 * have all of it; where there are several, each that has more than its part asks for no more until
 * the others have theirs. Confined to a loop.
 */
final class AheadBudget<R> {

    /** Who was not heard of for so long is gone, and what was asked for ahead of it forgotten. */
    private static final Duration ABSENCE_MAX = Duration.ofSeconds(10);

    /** The part that is left to whoever comes next. */
    private static final int RESERVE_SHARE = 8;

    private final EventLoop loop;
    private final long bytesMax;
    /** Those who were heard of last come last. */
    private final Map<R, Held> held = new LinkedHashMap<>();
    private long heldBytes;

    AheadBudget(EventLoop loop, long bytesMax) {
        this.loop = loop;
        this.bytesMax = bytesMax;
    }

    /** How much a reader may have who holds nothing now. */
    long share() {
        forgetThoseWhoAreGone();
        long free = bytesMax - heldBytes;
        long part = bytesMax / (held.size() + 1);
        return Math.min(free, Math.max(part, free - bytesMax / RESERVE_SHARE));
    }

    /** A reader has so much. */
    void hold(R reader, long bytes) {
        release(reader);
        held.put(reader, new Held(bytes, loop.nanoTime()));
        heldBytes += bytes;
    }

    /** A reader has nothing any more. */
    void release(R reader) {
        Optional.ofNullable(held.remove(reader)).ifPresent(had -> heldBytes -= had.bytes());
    }

    private void forgetThoseWhoAreGone() {
        long latest = loop.nanoTime() - ABSENCE_MAX.toNanos();
        while (!held.isEmpty()) {
            Map.Entry<R, Held> first = held.entrySet().iterator().next();
            if (first.getValue().sinceNanos() - latest > 0) {
                return;
            }
            release(first.getKey());
        }
    }

    private record Held(long bytes, long sinceNanos) {}
}
