package io.cordwood.compatibility;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/** Waits for what another process does, and says what that said if it does not come. */
final class Await {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Await() {}

    /** Looks again and again until something is so. */
    static void until(Condition condition, Supplier<String> otherwise)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come in time: " + otherwise.get());
            }
            Thread.sleep(PAUSE);
        }
    }

    /** What is waited for. */
    @FunctionalInterface
    interface Condition {

        boolean holds() throws IOException, InterruptedException;
    }
}
