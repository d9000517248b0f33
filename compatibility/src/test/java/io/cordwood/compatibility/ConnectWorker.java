package io.cordwood.compatibility;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordwood.server.endtoend.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.connect.cli.ConnectDistributed;

/** A worker of Kafka Connect in distributed mode, which is told by its REST API what to do. */
final class ConnectWorker implements AutoCloseable {

    private static final String CONFIGS = "connect-configs";
    private static final String OFFSETS = "connect-offsets";
    private static final String STATUS = "connect-status";

    /** What it keeps all it knows in, and how many partitions each has if nobody says. */
    static final Map<String, Integer> TOPICS = Map.of(CONFIGS, 1, OFFSETS, 25, STATUS, 5);

    private static final String CONVERTER = "org.apache.kafka.connect.storage.StringConverter";
    private static final Pattern URL = Pattern.compile("advertising URL (\\S+)");

    private final Program program;
    private final HttpClient http = HttpClient.newHttpClient();

    private ConnectWorker(Program program) {
        this.program = program;
    }

    /** Starts a worker; what it is to do it may know already. */
    static ConnectWorker start(RunningServer server, Path folder) throws IOException {
        Path settings = Files.write(folder.resolve("worker.properties"), List.of(
                "bootstrap.servers=" + server.kafka(), "group.id=connect",
                "config.storage.topic=" + CONFIGS, "offset.storage.topic=" + OFFSETS,
                "status.storage.topic=" + STATUS,
                "key.converter=" + CONVERTER, "value.converter=" + CONVERTER,
                "listeners=http://127.0.0.1:0",
                "plugin.discovery=service_load",
                "task.shutdown.graceful.timeout.ms=30000"));
        return new ConnectWorker(
                Program.start(ConnectDistributed.class, folder, settings.toString()));
    }

    /** Has it run a connector, as soon as it can. */
    void run(String name, Map<String, String> config) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api("/connectors/" + name + "/config"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers
                        .ofString(new ObjectMapper().writeValueAsString(config)))
                .build();
        Await.until(() -> http.send(request, BodyHandlers.discarding()).statusCode() < 400,
                program::log);
    }

    /** Lets it end its tasks, and waits until it has ended. */
    void stop() throws InterruptedException {
        program.stop();
    }

    /** What it wrote to its log so far. */
    String log() {
        return program.log();
    }

    private URI api(String path) throws IOException, InterruptedException {
        Await.until(() -> URL.matcher(program.log()).find(), program::log);
        String url = URL.matcher(program.log()).results().map(it -> it.group(1))
                .findFirst().orElseThrow();
        return URI.create(url).resolve(path);
    }

    @Override
    public void close() {
        program.close();
    }
}
