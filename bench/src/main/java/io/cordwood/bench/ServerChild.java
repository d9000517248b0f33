package io.cordwood.bench;

import io.cordwood.server.cli.client.ServerAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, so that its memory and its processor time are its own too. */
final class ServerChild implements AutoCloseable {

    private static final String ADDRESS = "address  http://";
    private static final String KAFKA = "kafka    ";
    private static final int STOP_SECONDS_MAX = 60;

    /** What the launcher starts a server with. */
    private static final String LAUNCHER_TUNING = "-XX:G1HeapRegionSize=4m";

    private final Process process;
    private final ServerAddress address;
    private final String kafka;
    private final double startSeconds;

    private ServerChild(Process process, ServerAddress address, String kafka,
            double startSeconds) {
        this.process = process;
        this.address = address;
        this.kafka = kafka;
        this.startSeconds = startSeconds;
    }

    /**
     * Starts a server and waits until it serves.
     *
     * @param heap the largest heap, as the launcher takes it: {@code 256m}
     * @param settings flags of the server: the local directory among them
     */
    static ServerChild start(String heap, Map<String, String> settings, Path log)
            throws IOException {
        return start(heap, settings, Map.of(), log);
    }

    /** The same, with variables of the environment. */
    static ServerChild start(String heap, Map<String, String> settings,
            Map<String, String> environment, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap, LAUNCHER_TUNING, "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        String options = System.getProperty("server.options", "");
        if (!options.isEmpty()) {
            command.addAll(List.of(options.split(" ")));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                "io.cordwood.server.Main", "server", "--http", "127.0.0.1:0",
                "--kafka", "127.0.0.1:0", "--cluster", "127.0.0.1:0"));
        settings.forEach((name, value) -> command.addAll(List.of("--" + name, value)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        Stopwatch watch = Stopwatch.start();
        Process process = builder.start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        ServerAddress address = ServerAddress.parse(await(output, ADDRESS, log));
        return new ServerChild(process, address, await(output, KAFKA, log), watch.seconds());
    }

    /** The word behind a label in what the server says. */
    private static String await(BufferedReader output, String label, Path log)
            throws IOException {
        String line = output.readLine();
        while (line != null && !line.contains(label)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("the server did not start: " + Files.readString(log));
        }
        return line.substring(line.indexOf(label) + label.length()).split(" ", 2)[0];
    }

    ServerAddress address() {
        return address;
    }

    /** Where Kafka clients connect to, HOST:PORT. */
    String kafka() {
        return kafka;
    }

    /** From the start of the process until it served. */
    double startSeconds() {
        return startSeconds;
    }

    /** What the server has used of the processors since it was started. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
    }

    /** The most memory that the process ever had, as the kernel counts it; 0 where it does not. */
    long peakMebibytes() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        return !Files.exists(status)
                ? 0
                : Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                        .findFirst().orElse(0);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
