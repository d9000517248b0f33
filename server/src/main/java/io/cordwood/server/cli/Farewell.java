package io.cordwood.server.cli;

import java.io.PrintStream;
import java.util.function.Supplier;

/** Says a last word if the process is stopped before the work is done. */
final class Farewell implements AutoCloseable {

    private final Thread hook;

    private Farewell(Thread hook) {
        this.hook = hook;
    }

    static Farewell on(PrintStream err, Supplier<String> word) {
        Thread hook = new Thread(() -> err.println("\ncordwood: " + word.get()));
        Runtime.getRuntime().addShutdownHook(hook);
        return new Farewell(hook);
    }

    /** Work is done: nothing to say. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // The process is being stopped, and the word is said.
            return;
        }
    }
}
