package io.cordwood.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.server.endtoend.KafkaClients;
import io.cordwood.server.endtoend.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.connect.file.FileStreamSinkConnector;
import org.apache.kafka.connect.file.FileStreamSourceConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka Connect, which keeps all that it knows in topics. */
class ConnectTest {

    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start("file:" + folder.resolve("bucket"), folder.resolve("local"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aFileIsCopiedThroughATopicThoughTheWorkerIsStartedAgainMeanwhile()
            throws IOException, InterruptedException {
        Path source = folder.resolve("source.txt");
        Path sink = Files.createFile(folder.resolve("sink.txt"));
        append(source, 0, 2_000);
        try (ConnectWorker first = ConnectWorker.start(server, folder)) {
            first.run("source", Map.of("connector.class",
                    FileStreamSourceConnector.class.getName(), "file", source.toString(),
                    "topic", "lines"));
            first.run("sink", Map.of("connector.class",
                    FileStreamSinkConnector.class.getName(), "file", sink.toString(),
                    "topics", "lines"));
            Await.until(() -> !Files.readAllLines(sink).isEmpty(), first::log);
            first.stop();
        }
        append(source, 2_000, 4_000);
        try (ConnectWorker second = ConnectWorker.start(server, folder)) {
            Await.until(() -> Files.size(sink) >= Files.size(source), second::log);
            second.stop();
        }

        assertThat(Files.readAllLines(sink)).isEqualTo(Files.readAllLines(source));
        try (Admin admin = new KafkaClients(server).admin()) {
            Topics topics = new Topics(admin);
            for (Map.Entry<String, Integer> topic : ConnectWorker.TOPICS.entrySet()) {
                assertThat(topics.partitions(topic.getKey())).isEqualTo(topic.getValue());
                assertThat(topics.settings(topic.getKey()))
                        .containsEntry("cleanup.policy", "compact");
            }
        }
    }

    private static void append(Path file, int from, int to) throws IOException {
        List<String> lines = IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
