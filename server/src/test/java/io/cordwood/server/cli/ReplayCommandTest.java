package io.cordwood.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.grpc.EdgeServer;
import io.cordwood.server.log.NewRecord;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RecordHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReplayCommandTest {

    private static final TopicName TOPIC = new TopicName("logs");

    @TempDir
    private Path directory;
    private Path state = Path.of("");
    private final EdgeServer server = new EdgeServer();

    @BeforeEach
    void createTopic() {
        server.log().createTopic(TOPIC, 2).await();
        state = directory.resolve("state");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void whatWasProducedComesBackByteForByte() {
        byte[] input = randomLines(3_000);
        CommandRun.against(server, input, "produce", "logs", "--partition", "0");

        CommandRun run = run("--progress");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).isEqualTo(ByteString.copyFrom(input));
        assertThat(run.errors()).contains("100%");
    }

    @Test
    void oneAtATimePartitionsComeOneAfterTheOther() {
        append(0, 1_000, "a", "b");
        append(1, 1_000, "c", "d");

        assertThat(run("--parallel", "1").text()).isEqualTo("a\nb\nc\nd\n");
        assertThat(run("--partition", "1").text()).isEqualTo("c\nd\n");
        assertThat(run("--parallel", "0").exitCode()).isEqualTo(2);
    }

    @Test
    void severalAtATimeEachPartitionComesInItsOrder() {
        for (String partition : List.of("0", "1")) {
            CommandRun.against(server, randomLines(3_000), "produce", "logs", "--partition",
                    partition);
        }

        List<String> both = run("--json").text().lines().toList();

        assertThat(both).hasSize(6_000);
        for (String partition : List.of("0", "1")) {
            assertThat(both.stream().filter(line -> line.contains("{\"partition\":" + partition)))
                    .containsExactlyElementsOf(
                            run("--json", "--partition", partition).text().lines().toList());
        }
    }

    @Test
    void aReplayHasABeginningAndAnEnd() {
        append(0, 1_000, "a", "b", "c", "d", "e");

        assertThat(run("--from", "1", "--to", "3").text()).isEqualTo("b\nc\n");
        assertThat(run("--from", "1970-01-01T00:00:01.002Z").text()).isEqualTo("c\nd\ne\n");
        assertThat(run("--to", "1970-01-01T00:00:01.002Z").text()).isEqualTo("a\nb\n");
        assertThat(run("--from", "3", "--to", "1000").text()).isEqualTo("d\ne\n");
        assertThat(run("--from", "4", "--to", "2").text()).isEmpty();
        assertThat(run("--from", "end").text()).isEmpty();
        assertThat(run("--from", "2026-11-21").exitCode()).isZero();
    }

    @Test
    void jsonKeepsNullEmptyAndBytesApart() {
        append(new LogRecord(7, Optional.empty(), Optional.of(bytes(new byte[]{(byte) 0xff})),
                List.of(new RecordHeader("h", Optional.of(bytes(new byte[0]))),
                        new RecordHeader("n", Optional.empty()))));
        append(new LogRecord(LogRecord.NO_TIMESTAMP,
                Optional.of(bytes("k\u00e9\n".getBytes(UTF_8))),
                Optional.empty(), List.of()));

        CommandRun run = run("--json");

        assertThat(run.errors()).isEmpty();
        assertThat(run.text().lines()).containsExactly(
                """
                        {"partition":0,"offset":0,"timestamp":7,"key":null,"value_base64":"/w==",\
                        "headers":[{"key":"h","value":""},{"key":"n","value":null}]}""",
                """
                        {"partition":0,"offset":1,"timestamp":null,"key":"k\u00e9\\n","value":null,\
                        "headers":[]}""");
        assertThat(run("--format", "json").text()).isEqualTo(run.text());
    }

    @Test
    void whatIsNotThereIsSaid() {
        append(0, 1_000, "a");

        CommandRun beyond = run("--from", "9");
        CommandRun unknown = CommandRun.against(server, "replay", "nothing");
        CommandRun noPartition = run("--partition", "5");

        assertThat(beyond.exitCode()).isEqualTo(1);
        assertThat(beyond.errors()).contains("there is no offset 9 yet in logs", "topics describe");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.errors()).contains("there is no topic nothing");
        assertThat(noPartition.exitCode()).isEqualTo(1);
        assertThat(noPartition.errors()).contains("there is no partition 5");
    }

    @Test
    void aReaderThatHasSeenEnoughEndsItQuietly() {
        CommandRun.against(server, randomLines(3_000), "produce", "logs", "--partition", "0");

        CommandRun run = CommandRun.against(server, InputStream.nullInputStream(),
                new FailingOutput("Broken pipe"), "replay", "logs");

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void whatEndedEarlyGoesOnAfterTheLastRecordPrinted() {
        for (String partition : List.of("0", "1")) {
            CommandRun.against(server, randomLines(6_000), "produce", "logs", "--partition",
                    partition);
        }
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        String[] command = {"replay", "logs", "--json", "--state", state.toString()};

        CommandRun broken = runInto(new LeavingReader(printed, 3), command);
        append(0, 9_000, "too late");
        CommandRun full = runInto(new LeavingReader(printed, 2), command);
        CommandRun rest = runInto(printed, command);
        CommandRun none = CommandRun.against(server, command);

        assertThat(List.of(broken.exitCode(), full.exitCode(), rest.exitCode())).containsOnly(0);
        assertThat(rest.errors()).contains("of 12000 records are printed already");
        assertThat(none.exitCode()).isZero();
        assertThat(none.text()).isEmpty();
        assertThat(none.errors()).contains("12000 of 12000 records");
        assertThat(printed.toString(UTF_8).lines()).hasSize(12_000)
                .containsExactlyInAnyOrderElementsOf(run("--json").text().lines()
                        .filter(line -> !line.contains("too late")).toList());
    }

    @Test
    void aStateIsForOneReplay() throws IOException {
        append(0, 1_000, "a", "b", "c");
        run("--state", state.toString(), "--from", "1");

        CommandRun other = run("--state", state.toString(), "--from", "2");
        Files.writeString(state, "{}");
        CommandRun none = run("--state", state.toString(), "--from", "1");

        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.errors()).contains("cordwood: " + state
                + " is the state of another replay: of logs", "from 1 to end");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.errors()).contains("is not the state of a replay");
    }

    @Test
    void anOutputThatCannotBeWrittenIsAFailure() {
        append(0, 1_000, "a");

        CommandRun run = CommandRun.against(server, InputStream.nullInputStream(),
                new FailingOutput("No space left on device"), "replay", "logs");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("No space left on device");
    }

    private CommandRun runInto(OutputStream output, String... command) {
        return CommandRun.against(server, InputStream.nullInputStream(), output, command);
    }

    private CommandRun run(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "replay";
        arguments[1] = "logs";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return CommandRun.against(server, arguments);
    }

    private void append(int partition, long firstMillis, String... values) {
        IntStream.range(0, values.length).forEach(i -> server.log().append(TOPIC,
                List.of(new NewRecord(OptionalInt.of(partition), new LogRecord(firstMillis + i,
                        Optional.empty(), Optional.of(bytes(values[i].getBytes(UTF_8))),
                        List.of()))))
                .await());
    }

    private void append(LogRecord record) {
        server.log().append(TOPIC, List.of(new NewRecord(OptionalInt.of(0), record))).await();
    }

    private static ByteBuffer bytes(byte[] bytes) {
        return ByteBuffer.wrap(bytes);
    }

    private static byte[] randomLines(int count) {
        RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            byte[] line = new byte[chance.nextInt(400)];
            chance.nextBytes(line);
            lines.writeBytes(new String(line, java.nio.charset.StandardCharsets.ISO_8859_1)
                    .replace('\n', ' ').getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    /** An output whose reader takes so much of it, and leaves. */
    private static final class LeavingReader extends OutputStream {

        private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
        private final OutputStream reader;
        private int left;

        LeavingReader(OutputStream reader, int flushes) {
            this.reader = reader;
            this.left = flushes;
        }

        @Override
        public void write(int b) {
            unread.write(b);
        }

        @Override
        public void flush() throws IOException {
            if (left-- <= 0) {
                throw new IOException("Broken pipe");
            }
            unread.writeTo(reader);
            unread.reset();
        }
    }

    /** An output that fails as soon as something is let go. */
    private static final class FailingOutput extends OutputStream {

        private final String reason;

        FailingOutput(String reason) {
            this.reason = reason;
        }

        @Override
        public void write(int b) {}

        @Override
        public void flush() throws IOException {
            throw new IOException(reason);
        }
    }
}
