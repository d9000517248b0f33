package io.cordwood.cluster;

import io.cordwood.runtime.EventLoop;
import java.time.Duration;
import java.util.Optional;

/** A line between two processes of a town: messages take their time, in order, or it breaks. */
final class TownLine implements Line<ToCommitter> {

    private final Town town;
    private final Resident from;
    private final Optional<Resident> to;
    private final LineEnd<FromCommitter> end;
    private final Optional<LineEnd<ToCommitter>> far;
    private long thereNanos;
    private long backNanos;
    private long closedNanos;
    private boolean closed;

    TownLine(Town town, Resident from, Optional<Resident> to, LineEnd<FromCommitter> end) {
        this.town = town;
        this.from = from;
        this.to = to;
        this.end = end;
        this.far = to.flatMap(there -> there.accept(new Back()));
        if (far.isEmpty()) {
            close();
        }
    }

    boolean touches(String address) {
        return from.address.equals(address)
                || to.filter(there -> there.address.equals(address)).isPresent();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public boolean send(ToCommitter message) {
        if (!closed) {
            thereNanos = arrival(thereNanos);
            deliver(thereNanos, to.map(there -> there.loop),
                    () -> far.ifPresent(there -> there.received(message)));
        }
        return true;
    }

    /** What is on its way to the committer may arrive all the same, and long after. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        from.loop.execute(end::closed);
        closedNanos = thereNanos + Duration.ofMillis(town.chance.nextInt(400)).toNanos();
        Duration later = Duration.ofNanos(Math.max(0, closedNanos - town.time.nanoTime()));
        to.ifPresent(there -> there.loop.schedule(later,
                () -> far.ifPresent(LineEnd::closed)));
    }

    private long arrival(long lastNanos) {
        int millis = town.isUnlucky() ? 2_000 : 8;
        return Math.max(lastNanos, town.time.nanoTime()
                + Duration.ofMillis(1 + town.chance.nextInt(millis)).toNanos());
    }

    private void deliver(long atNanos, Optional<? extends EventLoop> loop, Runnable task) {
        Duration delay = Duration.ofNanos(atNanos - town.time.nanoTime());
        loop.ifPresent(there -> there.schedule(delay, task));
    }

    /** The other direction. */
    private final class Back implements Line<FromCommitter> {

        @Override
        public boolean send(FromCommitter message) {
            if (closed || (message instanceof FromCommitter.Entry && town.isUnlucky())) {
                return closed;
            }
            backNanos = arrival(backNanos);
            deliver(backNanos, Optional.of(from.loop), () -> {
                if (!closed) {
                    end.received(message);
                }
            });
            return true;
        }

        @Override
        public void close() {
            TownLine.this.close();
        }
    }
}
