package io.cordwood.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.grpc.EdgeServer;
import io.cordwood.server.log.NewRecord;
import io.cordwood.store.batch.LogRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TailCommandTest {

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
    void recordsArePrintedAsTheyCome() throws Exception {
        append(0, "before");
        Tail tail = new Tail("--partition", "0");
        server.log().awaitWaitingReads(1);

        append(0, "one");
        String first = tail.lines.readLine();
        append(0, "two");
        String second = tail.lines.readLine();

        assertThat(first).isEqualTo("one");
        assertThat(second).isEqualTo("two");
    }

    @Test
    void allPartitionsAreFollowedFromTheBeginning() throws Exception {
        append(0, "a");
        append(1, "b");

        Tail tail = new Tail("--from", "beginning");
        List<String> old = List.of(tail.lines.readLine(), tail.lines.readLine());
        append(1, "c");

        assertThat(old).containsExactlyInAnyOrder("a", "b");
        assertThat(tail.lines.readLine()).isEqualTo("c");
    }

    @Test
    void aTailGoesOnWhereItWasWhenTheConnectionBroke() throws Exception {
        append(0, "a");
        Tail tail = new Tail("--from", "0", "--partition", "0", "--json");
        String first = tail.lines.readLine();
        server.log().awaitWaitingReads(1);

        server.breakConnections();
        append(0, "b");

        assertThat(first).contains("\"offset\":0");
        assertThat(tail.lines.readLine()).contains("\"offset\":1", "\"value\":\"b\"");
    }

    @Test
    void aReaderThatHasSeenEnoughEndsItQuietly() throws Exception {
        Tail tail = new Tail("--from", "beginning");
        server.log().awaitWaitingReads(2);

        tail.stopReading();
        append(0, "a");
        CommandRun run = tail.running.get();

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void aTopicThatIsNotThereOrHasTooManyPartitionsIsSaid() {
        server.log().createTopic(new TopicName("wide"), 65).await();

        CommandRun unknown = CommandRun.against(server, "tail", "nothing");
        CommandRun wide = CommandRun.against(server, "tail", "wide");
        CommandRun outOfRange = CommandRun.against(server, "tail", "logs", "--from", "99");

        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.errors()).contains("there is no topic nothing");
        assertThat(wide.errors()).contains("65 partitions", "--partition");
        assertThat(outOfRange.errors()).contains("0 to 0", "topics describe");
    }

    private void append(int partition, String value) {
        server.log().append(TOPIC, List.of(new NewRecord(OptionalInt.of(partition), new LogRecord(1,
                Optional.empty(), Optional.of(ByteBuffer.wrap(value.getBytes(UTF_8))), List.of()))))
                .await();
    }

    /** A tail that runs beside the test, and what it prints. */
    private final class Tail {

        private final BufferedReader lines;
        private final FutureTask<CommandRun> running;
        private volatile boolean reading = true;

        Tail(String... more) throws IOException {
            PipedInputStream output = new PipedInputStream();
            PipedOutputStream pipe = new PipedOutputStream(output);
            OutputStream breaking = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    pipe.write(b);
                }

                @Override
                public void flush() throws IOException {
                    if (!reading) {
                        throw new IOException("Broken pipe");
                    }
                    pipe.flush();
                }
            };
            String[] arguments = new String[more.length + 2];
            arguments[0] = "tail";
            arguments[1] = "logs";
            System.arraycopy(more, 0, arguments, 2, more.length);
            this.lines = new BufferedReader(new InputStreamReader(output, UTF_8));
            this.running = new FutureTask<>(() -> CommandRun.against(server,
                    InputStream.nullInputStream(), breaking, arguments));
            Thread.ofVirtual().start(running);
        }

        void stopReading() {
            reading = false;
        }
    }
}
