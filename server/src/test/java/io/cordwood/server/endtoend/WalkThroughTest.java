package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the README walks through, on a folder as bucket. */
@Execution(ExecutionMode.CONCURRENT)
class WalkThroughTest {

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Path text = Path.of("");
    private static byte[] content = new byte[0];

    @BeforeAll
    static void findText() throws IOException {
        text = RealText.copyTo(shared.resolve("text"));
        content = Files.readAllBytes(text);
        assertThat(RealText.lines(content)).isGreaterThanOrEqualTo(RealText.LINES_MIN);
    }

    @Test
    void aTextIsReadBackAlikeOverHttpGrpcAndTheCommandLine()
            throws IOException, InterruptedException {
        try (RunningServer server = RunningServer.start(bucket(), folder.resolve("local"))) {
            Command.run(server, "topics", "create", "words", "--partitions", "1");

            Command.run(server, "produce", "words", "--file", text.toString());

            assertThat(Command.run(server, "replay", "words")).isEqualTo(content);
            assertThat(Readers.http(server, "words")).isEqualTo(content);
            assertThat(Readers.grpc(server, "words")).isEqualTo(content);
        }
    }

    @Test
    void aKillDuringALoadLosesNothingAcknowledgedEvenWithTheLocalDiskWiped()
            throws IOException, InterruptedException {
        int acknowledged = acknowledgedBeforeAKill();
        delete(folder.resolve("local"));

        try (RunningServer again = RunningServer.start(bucket(), folder.resolve("local"))) {
            assertThatStoredIsPrefix(Readers.http(again, "words"), acknowledged);
        }
    }

    @Test
    void aRestartOnTheSameDiskFinishesWhatTheKilledServerHadBegunExactlyOnce()
            throws IOException, InterruptedException {
        int acknowledged = acknowledgedBeforeAKill();

        try (RunningServer again = RunningServer.start(bucket(), folder.resolve("local"))) {
            assertThatStoredIsPrefix(Readers.http(again, "words"), acknowledged);
        }
    }

    @Test
    void theNewerOfTwoServersOfOneNameTakesItsPlaceAndTheOlderStopsAndSaysWhy()
            throws IOException, InterruptedException {
        try (RunningServer older = RunningServer.start(bucket(), folder.resolve("one"),
                "--node.name",
                "node-1")) {
            Command.run(older, "topics", "create", "words", "--partitions", "1");
            Command load = Command.start(older, "produce", "words", "--file", text.toString(),
                    "--batch", "100", "--retry-for", "1", "--json");
            Offsets.awaitEnd(older, "words", 3_000);

            try (RunningServer newer = RunningServer.start(bucket(), folder.resolve("two"),
                    "--node.name", "node-1")) {
                int acknowledged = load.acknowledged();
                assertThat(older.awaitExit()).isEqualTo(3);
                assertThat(older.log()).contains("another process serves as node node-1");

                int before = RealText.lines(Readers.http(newer, "words"));
                Command.run(newer, "produce", "words", "--file", text.toString());
                byte[] stored = Readers.http(newer, "words");
                assertThatStoredIsPrefix(Arrays.copyOf(stored, lengthOfLines(stored, before)),
                        acknowledged);
                assertThat(Arrays.copyOfRange(stored, lengthOfLines(stored, before),
                        stored.length)).isEqualTo(content);
            }
        }
    }

    @Test
    void aServerThatIsKilledLeavesNoDirectoryBehindInTheTemporaryOne() throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        try (RunningServer server = RunningServer.start(
                List.of("-Xmx512m", "-Djava.io.tmpdir=" + temporary), bucket(),
                folder.resolve("local"))) {
            server.kill();
        }

        assertThat(temporary).isDirectoryNotContaining(Files::isDirectory);
    }

    @Test
    void aServerThatStopsEndsItsTails() throws IOException, InterruptedException {
        try (RunningServer server = RunningServer.start(bucket(), folder.resolve("local"));
                HttpClient client = HttpClient.newHttpClient()) {
            Command.run(server, "topics", "create", "words", "--partitions", "1");
            HttpResponse<InputStream> tail = client.send(
                    HttpRequest.newBuilder(server.uri("/topics/words/tail"))
                            .version(HttpClient.Version.HTTP_1_1).build(),
                    HttpResponse.BodyHandlers.ofInputStream());

            server.stop();

            assertThat(tail.body().readAllBytes()).isNotEmpty();
            assertThat(server.awaitExit()).isEqualTo(RunningServer.EXIT_TERMINATED);
        }
    }

    /** Loads the text, kills the server when it has taken some, and counts what was confirmed. */
    private int acknowledgedBeforeAKill() throws IOException, InterruptedException {
        try (RunningServer server = RunningServer.start(bucket(), folder.resolve("local"))) {
            Command.run(server, "topics", "create", "words", "--partitions", "1");
            Command load = Command.start(server, "produce", "words", "--file", text.toString(),
                    "--batch", "100", "--retry-for", "1", "--json");
            Offsets.awaitEnd(server, "words", 5_000);
            server.kill();
            int acknowledged = load.acknowledged();
            assertThat(load.exitCode()).isNotZero();
            return acknowledged;
        }
    }

    private String bucket() {
        return "file:" + folder.resolve("bucket");
    }

    /** Once, in order, and everything that was acknowledged. */
    private static void assertThatStoredIsPrefix(byte[] stored, int acknowledged) {
        assertThat(RealText.lines(stored)).isGreaterThanOrEqualTo(acknowledged);
        assertThat(stored).isEqualTo(Arrays.copyOf(content, stored.length));
    }

    private static int lengthOfLines(byte[] stored, int lines) {
        int length = 0;
        for (int seen = 0; seen < lines; length++) {
            if (stored[length] == '\n') {
                seen++;
            }
        }
        return length;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
