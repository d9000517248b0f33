package io.cordwood.ingest;

import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.UnknownOutcomeException;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Tells callers that have waited too long that the outcome of their append is unknown. One timer
 * for all: appends are answered in the order of their admission, so the oldest is always the first.
 */
final class Deadlines {

    private final EventLoop loop;
    private final Duration timeout;
    private final ArrayDeque<PendingAppend> waiting = new ArrayDeque<>();
    private boolean timed;

    Deadlines(EventLoop loop, Duration timeout) {
        this.loop = loop;
        this.timeout = timeout;
    }

    void watch(PendingAppend append) {
        waiting.addLast(append);
        awaitFirst();
    }

    /** Forgets those that were answered. */
    void forgetAnswered() {
        while (!waiting.isEmpty() && waiting.getFirst().isAnswered()) {
            waiting.removeFirst();
        }
    }

    /** Tells all that still wait. */
    void endAll(LogException reason) {
        while (!waiting.isEmpty()) {
            waiting.removeFirst().fail(reason);
        }
    }

    /** How many appends are remembered. */
    int watched() {
        return waiting.size();
    }

    private void awaitFirst() {
        if (!timed && !waiting.isEmpty()) {
            timed = true;
            loop.schedule(timeout.minus(age(waiting.getFirst())), this::expire);
        }
    }

    private void expire() {
        timed = false;
        forgetAnswered();
        while (!waiting.isEmpty() && age(waiting.getFirst()).compareTo(timeout) >= 0) {
            waiting.removeFirst()
                    .fail(new UnknownOutcomeException("the bucket has not confirmed the "
                            + "append within " + timeout.toMillis()
                            + " ms; it may still become durable: "
                            + "read before sending it again"));
            forgetAnswered();
        }
        awaitFirst();
    }

    private Duration age(PendingAppend append) {
        return Duration.ofNanos(loop.nanoTime() - append.admittedNanos());
    }
}
