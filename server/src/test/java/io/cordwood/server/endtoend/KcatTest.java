package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records through kcat, which stands on librdkafka: the protocol as the other half of its clients
 * speaks it, and in older versions than Kafka's own.
 */
class KcatTest {

    private static final List<String> LINES = IntStream.range(0, 2_000)
            .mapToObj(i -> "line " + i).toList();

    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "kcat"))),
                "kcat is not here: install the package 'kcat' of the distribution");
        server = RunningServer.start("file:" + folder.resolve("bucket"), folder.resolve("local"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void everyLineIsReadBackInItsOrderWhateverTheCodec(String codec)
            throws IOException, InterruptedException {
        produce("kcat-" + codec, "-z", codec);

        assertThat(consume("kcat-" + codec)).isEqualTo(LINES);
    }

    @Test
    void anIdempotentProducerIsServed() throws IOException, InterruptedException {
        produce("kcat-idempotent", "-X", "enable.idempotence=true");

        assertThat(consume("kcat-idempotent")).isEqualTo(LINES);
    }

    @Test
    void aTransactionOfTheOlderKindIsCommitted() throws IOException, InterruptedException {
        kcat(List.of(), "-L", "-t", "kcat-transaction");

        produce("kcat-transaction", "-X", "transactional.id=kcat");

        assertThat(consume("kcat-transaction", "-X", "isolation.level=read_committed"))
                .isEqualTo(LINES);
    }

    @Test
    void topicsAndBrokersAreListed() throws IOException, InterruptedException {
        produce("kcat-listed");

        assertThat(String.join("\n", kcat(List.of(), "-L"))).contains("1 brokers:")
                .contains("topic \"kcat-listed\" with 1 partitions:");
    }

    private static void produce(String topic, String... options)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-P", "-t", topic));
        arguments.addAll(List.of(options));
        kcat(LINES, arguments.toArray(String[]::new));
    }

    private static List<String> consume(String topic, String... options)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("-C", "-t", topic, "-p", "0", "-o", "beginning", "-e", "-q"));
        arguments.addAll(List.of(options));
        return kcat(List.of(), arguments.toArray(String[]::new));
    }

    /** Runs kcat with these lines as its input, and gives those of its output. */
    private static List<String> kcat(List<String> input, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kcat", "-b", server.kafka()));
        command.addAll(List.of(arguments));
        Path in = Files.write(Files.createTempFile(folder, "in", ".txt"), input);
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        Process process = new ProcessBuilder(command).redirectInput(in.toFile())
                .redirectOutput(out.toFile()).redirectError(errors.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("kcat ends").isTrue();
        assertThat(process.exitValue()).as("%s: %s", command, Files.readString(errors)).isZero();
        return Files.readAllLines(out, StandardCharsets.UTF_8);
    }
}
