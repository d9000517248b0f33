package io.cordwood.server.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which can be killed. */
final class RunningServer implements AutoCloseable {

    /** What a process says that ended at a SIGTERM. */
    static final int EXIT_TERMINATED = 128 + 15;

    private static final String ADDRESS = "address  http://";

    private final Process process;
    private final String address;
    private final Path errors;

    private RunningServer(Process process, String address, Path errors) {
        this.process = process;
        this.address = address;
        this.errors = errors;
    }

    /**
     * Starts a server on a port that the system chooses, and waits until it says that it is ready.
     */
    static RunningServer start(String bucket, Path local, String... more) {
        return start(List.of("-Xmx512m"), bucket, local, more);
    }

    static RunningServer start(List<String> jvmOptions, String bucket, Path local,
            String... more) {
        List<String> arguments = new ArrayList<>(List.of("server", "--bucket", bucket, "--local",
                local.toString(), "--http", "127.0.0.1:0"));
        arguments.addAll(List.of(more));
        Path errors = errors();
        Process process = JavaProgram.start(jvmOptions, arguments, errors);
        return new RunningServer(process, awaitAddress(process, errors), errors);
    }

    private static Path errors() {
        try {
            return Files.createTempFile("cordwood-server", ".log");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String awaitAddress(Process process, Path errors) {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                int found = line.indexOf(ADDRESS);
                if (found >= 0) {
                    return line.substring(found + ADDRESS.length()).split(" ", 2)[0];
                }
            }
            throw new AssertionError("the server did not start: " + Files.readString(errors));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** HOST:PORT. */
    String address() {
        return address;
    }

    URI uri(String path) {
        return URI.create("http://" + address + path);
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Asks it to end, as a service manager does. */
    void stop() {
        process.destroy();
    }

    /** Waits until it ends by itself, and returns its exit code. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the server goes on");
        }
        return process.exitValue();
    }

    /** What it wrote to its error stream so far. */
    String log() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        stop();
        process.onExit().completeOnTimeout(process, 40, TimeUnit.SECONDS).join();
        kill();
    }
}
