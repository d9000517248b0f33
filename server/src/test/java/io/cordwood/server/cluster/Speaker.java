package io.cordwood.server.cluster;

import io.cordwood.cluster.Line;
import io.cordwood.cluster.LineEnd;
import io.cordwood.runtime.EventLoop;
import io.vertx.core.Future;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Somebody at one end of a line, who keeps what is heard. Its methods are those of a test, which
 * runs elsewhere.
 *
 * @param <S> what is said
 * @param <H> what is heard
 */
final class Speaker<S, H> implements LineEnd<H> {

    private static final int SECONDS_MAX = 30;

    private final EventLoop loop;
    private final BlockingQueue<H> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> closings = new LinkedBlockingQueue<>();
    private final AtomicInteger closed = new AtomicInteger();
    private final Line<S> line;
    private boolean busy;

    /** Opens or accepts a line. On the loop. */
    Speaker(EventLoop loop, Function<LineEnd<H>, Line<S>> opening) {
        this.loop = loop;
        busy = true;
        this.line = opening.apply(this);
        busy = false;
    }

    @Override
    public void received(H message) {
        check(loop.isCurrent(), "a message is told on the loop");
        check(closed.get() == 0, "nothing is told of a line that is closed");
        heard.add(message);
    }

    @Override
    public void closed() {
        check(loop.isCurrent(), "the end is told on the loop");
        check(!busy, "the end is told later, not within");
        closed.incrementAndGet();
        closings.add(true);
    }

    private static void check(boolean holds, String promise) {
        if (!holds) {
            throw new AssertionError(promise);
        }
    }

    boolean send(S message) {
        return loop.submit(() -> {
            busy = true;
            boolean sent = line.send(message);
            busy = false;
            return Future.succeededFuture(sent);
        }).await();
    }

    void close() {
        loop.submit(() -> {
            busy = true;
            line.close();
            busy = false;
            return Future.succeededFuture();
        }).await();
    }

    /** The next message that arrives. */
    H next() throws InterruptedException {
        H message = heard.poll(SECONDS_MAX, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("nothing was heard");
        }
        return message;
    }

    /** Waits until the line is closed. */
    void awaitClosed() throws InterruptedException {
        if (closings.poll(SECONDS_MAX, TimeUnit.SECONDS) == null) {
            throw new AssertionError("the line is not closed");
        }
    }

    /** How often the end was told that the line is closed. */
    int timesClosed() {
        return closed.get();
    }
}
