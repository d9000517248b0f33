package io.cordwood.server.endtoend.cluster;

import java.util.concurrent.atomic.AtomicReference;

/** A client that does the same over and over on a thread of its own, until it is stopped. */
final class Worker implements AutoCloseable {

    private final Thread thread;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopping;

    /** Begins. */
    Worker(String name, Turn turn) {
        this.thread = Thread.ofPlatform().name(name).start(() -> run(turn));
    }

    private void run(Turn turn) {
        try {
            while (!stopping) {
                turn.take();
            }
        } catch (Exception | AssertionError failed) {
            failure.set(failed);
        }
    }

    /** Whether it still does what it is to do. */
    void check() {
        if (failure.get() != null) {
            throw new AssertionError(thread.getName() + " has failed: " + failure.get(),
                    failure.get());
        }
    }

    /** Ends after the turn that it is at. Throws what it failed with. */
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        check();
    }

    /** One round. */
    interface Turn {

        void take() throws Exception;
    }
}
