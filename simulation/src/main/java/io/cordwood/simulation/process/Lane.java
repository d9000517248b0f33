package io.cordwood.simulation.process;

import io.cordwood.simulation.world.World;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * One direction of a wire: what is sent arrives in order, each some time later, and not while the
 * network between the two machines is parted.
 */
final class Lane {

    /** What fits into the buffers on both sides. */
    private static final int ROOM_BYTES = 1 << 20;

    private static final Duration STALL = Duration.ofMillis(500);

    private final World world;
    private final String from;
    private final String to;
    private final Consumer<Runnable> far;
    private final ArrayDeque<Runnable> underWay = new ArrayDeque<>();
    private long bytes;
    private long lastNanos;
    private boolean over;

    /**
     * An empty lane.
     *
     * @param far takes what arrives, in order
     */
    Lane(World world, String from, String to, Consumer<Runnable> far) {
        this.world = world;
        this.from = from;
        this.to = to;
        this.far = far;
    }

    /**
     * Sends something, if there is room.
     *
     * @param arrival what happens when the process there takes it
     */
    boolean send(int size, Runnable arrival) {
        if (over) {
            return true;
        }
        if (bytes > 0 && bytes + size > ROOM_BYTES) {
            return false;
        }
        bytes += size;
        carry(() -> {
            bytes -= size;
            arrival.run();
        });
        return true;
    }

    /** Whether what is sent now arrives long after, if it does. */
    boolean isStalled() {
        return lastNanos - world.time().nanoTime() > STALL.toNanos();
    }

    /** Nothing more is sent: after all that is under way, the other side learns that. */
    void end(Runnable arrival) {
        if (!over) {
            over = true;
            carry(arrival);
        }
    }

    /** What is under way arrives nowhere, and nothing more is sent. */
    void lose() {
        over = true;
        underWay.clear();
    }

    private void carry(Runnable arrival) {
        underWay.addLast(arrival);
        lastNanos = Math.max(lastNanos,
                world.time().nanoTime() + world.weather().transit().toNanos());
        arriveAt(lastNanos);
    }

    private void arriveAt(long nanos) {
        world.time().schedule(Duration.ofNanos(nanos - world.time().nanoTime()), this::arrive);
    }

    /** The first of all that are under way, for each time that one is due. */
    private void arrive() {
        long parted = world.weather().partedUntilNanos(from, to);
        if (underWay.isEmpty()) {
            return;
        }
        if (parted > world.time().nanoTime()) {
            arriveAt(parted);
        } else {
            far.accept(underWay.removeFirst());
        }
    }
}
