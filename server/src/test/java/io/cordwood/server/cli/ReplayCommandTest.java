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

@Timeout(60)
class ReplayCommandTest {

    private static final TopicName TOPIC = new TopicName("logs");

    private final EdgeServer server = new EdgeServer();

    @BeforeEach
    void createTopic() {
        server.log().createTopic(TOPIC, 2).await();
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
    void partitionsComeOneAfterTheOther() {
        append(0, 1_000, "a", "b");
        append(1, 1_000, "c", "d");

        assertThat(run().text()).isEqualTo("a\nb\nc\nd\n");
        assertThat(run("--partition", "1").text()).isEqualTo("c\nd\n");
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
    void anOutputThatCannotBeWrittenIsAFailure() {
        append(0, 1_000, "a");

        CommandRun run = CommandRun.against(server, InputStream.nullInputStream(),
                new FailingOutput("No space left on device"), "replay", "logs");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("No space left on device");
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
