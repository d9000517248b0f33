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
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which can be killed. */
public final class RunningServer implements AutoCloseable {

    /** What a process says that ended at a SIGTERM. */
    static final int EXIT_TERMINATED = 128 + 15;

    /** Most servers of tests live for seconds, of which a thorough compiler would take most. */
    private static final List<String> QUICK_START = List.of("-Xmx512m",
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final String ADDRESS = "address  http://";
    private static final String KAFKA = "kafka    ";

    private final Process process;
    private final Addresses addresses;
    private final Path local;
    private final Path errors;

    private RunningServer(Process process, Addresses addresses, Path local, Path errors) {
        this.process = process;
        this.addresses = addresses;
        this.local = local;
        this.errors = errors;
    }

    /**
     * Starts a server on ports that the system chooses, and waits until it says that it is ready.
     *
     * @param local its local directory, in a folder that the test deletes: its log goes there too
     */
    public static RunningServer start(String bucket, Path local, String... more) {
        List<String> options = new ArrayList<>(QUICK_START);
        options.addAll(StartArchive.OPTIONS);
        return start(options, bucket, local, more);
    }

    static RunningServer start(List<String> jvmOptions, String bucket, Path local,
            String... more) {
        List<String> arguments = new ArrayList<>(List.of("server", "--bucket", bucket, "--local",
                local.toString()));
        arguments.addAll(List.of(more));
        for (String address : List.of("--http", "--kafka", "--cluster")) {
            if (!arguments.contains(address)) {
                arguments.addAll(List.of(address, "127.0.0.1:0"));
            }
        }
        Path errors = logBeside(local);
        Process process = JavaProgram.start(jvmOptions, arguments, errors);
        return new RunningServer(process, awaitAddresses(process, errors), local, errors);
    }

    private static Addresses awaitAddresses(Process process, Path errors) {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        return new Addresses(await(output, ADDRESS, errors), await(output, KAFKA, errors));
    }

    /** The word behind a label in what the server says. */
    private static String await(BufferedReader output, String label, Path errors) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                int found = line.indexOf(label);
                if (found >= 0) {
                    return line.substring(found + label.length()).split(" ", 2)[0];
                }
            }
            throw new AssertionError("the server did not start: " + Files.readString(errors));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A file for what a command says that talks to this server, where its own log is. */
    Path newCommandLog() {
        return logBeside(local);
    }

    private static Path logBeside(Path local) {
        return Path.of(local + "-" + UUID.randomUUID() + ".log");
    }

    /** Where Kafka clients connect to, HOST:PORT. */
    public String kafka() {
        return addresses.kafka();
    }

    /** HOST:PORT. */
    String address() {
        return addresses.http();
    }

    /** A path of its HTTP edge. */
    public URI uri(String path) {
        return URI.create("http://" + addresses.http() + path);
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Lets it stand still, as a machine in a long pause does. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO().start().waitFor();
            if (code != 0) {
                throw new AssertionError("no signal reaches the server");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks it to end, as a service manager does. */
    public void stop() {
        process.destroy();
    }

    /** Waits until it ends by itself, and returns its exit code. */
    public int awaitExit() throws IOException, InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the server goes on: " + log());
        }
        return process.exitValue();
    }

    /** What it wrote to its error stream so far. */
    public String log() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        stop();
        process.onExit().completeOnTimeout(process, 40, TimeUnit.SECONDS).join();
        kill();
    }

    private record Addresses(String http, String kafka) {}
}
