package io.cordwood.compatibility;

import io.cordwood.server.endtoend.JavaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of Kafka's, or built on it, in a process of its own with a log in a file. */
final class Program implements AutoCloseable {

    /** Short lives: what is quick to start is better than what is quick later. */
    private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", "-Dlog.level=INFO");

    private static final int STOP_SECONDS_MAX = 60;

    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a class that has a main method; its log goes to a new file in a folder. */
    static Program start(Class<?> program, Path folder, String... arguments) {
        try {
            Path log = Files.createTempFile(folder, program.getSimpleName(), ".log");
            return new Program(
                    JavaProgram.start(program, JVM_OPTIONS, List.of(arguments), log), log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Asks it to end, and waits until it has ended. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new AssertionError("the program goes on: " + log());
        }
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** What it wrote to its error stream so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
