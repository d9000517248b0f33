package io.cordwood.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.server.grpc.EdgeServer;
import io.cordwood.server.grpc.ScriptedLog;
import io.cordwood.server.log.AppendResult;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.StoredRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProduceCommandTest {

    private final EdgeServer server = new EdgeServer();
    private final ScriptedLog log = server.log();

    @BeforeEach
    void createTopic() {
        log.createTopic(new TopicName("logs"), 2).await();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void everyLineBecomesARecordByteForByte() {
        byte[] input = {'a', '\r', '\n', '\n', (byte) 0xff, 0, '\n', 'e', 'n', 'd'};

        CommandRun run = produce(input, "logs");

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).startsWith("4 lines appended to logs in ");
        assertThat(values(0)).containsExactly("a\r", "", new String(new byte[]{(byte) 0xff, 0},
                UTF_8), "end");
        assertThat(log.records("logs", 0)).allSatisfy(
                record -> assertThat(record.record().key()).isEmpty());
    }

    @Test
    void manyLinesOfAFileKeepTheirOrder(@TempDir Path folder) throws IOException {
        List<String> lines = IntStream.range(0, 50_000).mapToObj(i -> "line " + i).toList();
        Path file = Files.write(folder.resolve("lines.txt"), lines);

        CommandRun run = CommandRun.against(server, "produce", "logs", "--file", file.toString(),
                "--batch", "100", "--json", "--progress");

        assertThat(run.exitCode()).isZero();
        assertThat(run.text()).startsWith(
                "{\"topic\":\"logs\",\"acknowledged\":50000,\"overtaken\":0,\"millis\":");
        assertThat(run.errors()).contains("50000");
        assertThat(values(0)).isEqualTo(lines);
    }

    @Test
    void aKeyStandsBeforeItsSeparator() {
        CommandRun run = produce("alice::1::2\n::x\n".getBytes(UTF_8), "logs", "--key-separator",
                "::", "--partition", "1");

        assertThat(run.exitCode()).isZero();
        assertThat(values(1)).containsExactly("1::2", "x");
        assertThat(keys(1)).containsExactly("alice", "");
    }

    @Test
    void aLineWithoutItsSeparatorStopsAfterThoseBeforeIt() {
        CommandRun run = produce("a:1\nb:2\nc\nd:4\n".getBytes(UTF_8), "logs", "--key-separator",
                ":");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("2 lines appended", "line 3 has no key separator ':'");
        assertThat(values(0)).containsExactly("1", "2");
    }

    @Test
    void whatWasNotStoredForNowIsSentAgainInItsOrder() {
        log.failAppendAfter(3, new UnavailableException("the bucket is down: try again"));

        CommandRun run = produce(lines(10), "logs", "--batch", "1", "--in-flight", "1");

        assertThat(run.exitCode()).isZero();
        assertThat(values(0)).isEqualTo(List.of(new String(lines(10), UTF_8).split("\n")));
        assertThat(run.errors()).doesNotContain("lines were stored after");
    }

    @Test
    void linesThatWereOvertakenAreCounted() throws Exception {
        log.holdAppends();
        log.failAppendAfter(0, new UnavailableException("the bucket is down: try again"));
        FutureTask<CommandRun> running = start(() -> produce(lines(2), "logs", "--batch", "1"));
        log.awaitWaitingAppends(2);
        log.finishAppends();

        CommandRun run = running.get();

        assertThat(run.exitCode()).isZero();
        assertThat(values(0)).containsExactly("line 1", "line 0");
        assertThat(run.errors()).contains("1 lines were stored after lines that follow them");
    }

    @Test
    void aServerThatStaysAwayIsGivenUp() {
        log.fail(new UnavailableException("the bucket is down: try again"));

        CommandRun run = produce(lines(10), "logs", "--retry-for", "0");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("the bucket is down: try again: gave up after 0 s",
                "0 lines are acknowledged; nothing from line 1 on is stored");
    }

    @Test
    void anUnknownOutcomeStopsAndSaysWhichLines() {
        log.failAppendAfter(2, new UnknownOutcomeException("the bucket did not answer"));

        CommandRun run = produce(lines(10), "logs", "--batch", "2", "--in-flight", "1", "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.text()).startsWith("{\"topic\":\"logs\",\"acknowledged\":4,");
        assertThat(run.errors()).contains("the bucket did not answer",
                "4 lines are acknowledged; of 2 more, lines 5 to 6, it is not known whether",
                "before you send those again");
        assertThat(values(0)).hasSize(4);
    }

    @Test
    void aBrokenConnectionStopsAndSaysWhichLines() throws Exception {
        log.holdAppends();
        FutureTask<CommandRun> running = start(() -> produce(lines(10), "logs", "--batch", "5"));
        log.awaitWaitingAppends(2);

        server.breakConnections();
        CommandRun run = running.get();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("0 lines are acknowledged; of 10 more, lines 1 to 10,");
    }

    @Test
    void aRefusedRecordStopsAndSaysWhichLine() {
        log.changeResults(results -> {
            List<AppendResult> changed = new ArrayList<>(results);
            changed.set(2, new AppendResult.Failed(new RejectedException(Reason.RECORD_TOO_LARGE,
                    "the record is too large: split it")));
            return changed;
        });

        CommandRun run = produce(lines(5), "logs");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("line 3: the record is too large: split it",
                "4 lines are acknowledged; 1 were refused");
    }

    @Test
    void aTopicOrAFileThatIsNotThereIsSaid() {
        assertThat(produce(lines(1), "nothing").errors()).contains("there is no topic nothing");
        CommandRun noFile = CommandRun.against(server, "produce", "logs", "--file", "/no/such");
        assertThat(noFile.exitCode()).isEqualTo(1);
        assertThat(noFile.errors()).contains("cannot read /no/such");
        assertThat(produce(lines(1), "logs", "--batch", "0").exitCode()).isEqualTo(2);
    }

    @Test
    void aLineThatSomebodyTypesGoesAtOnce() throws Exception {
        PipedInputStream input = new PipedInputStream();
        PipedOutputStream typing = new PipedOutputStream(input);
        log.holdAppends();
        FutureTask<CommandRun> running = start(() -> CommandRun.against(server, input,
                OutputStream.nullOutputStream(), "produce", "logs"));

        typing.write("hello\n".getBytes(UTF_8));
        typing.flush();
        log.awaitWaitingAppends(1);
        log.finishAppends();
        typing.close();

        assertThat(running.get().exitCode()).isZero();
        assertThat(values(0)).containsExactly("hello");
    }

    private static FutureTask<CommandRun> start(java.util.concurrent.Callable<CommandRun> command) {
        FutureTask<CommandRun> running = new FutureTask<>(command);
        Thread.ofVirtual().start(running);
        return running;
    }

    private CommandRun produce(byte[] input, String... arguments) {
        List<String> all = new ArrayList<>(List.of("produce"));
        all.addAll(List.of(arguments));
        return CommandRun.against(server, input, all.toArray(String[]::new));
    }

    private static byte[] lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining()).getBytes(UTF_8);
    }

    private List<String> values(int partition) {
        return log.records("logs", partition).stream().map(StoredRecord::record)
                .map(LogRecord::value).map(ProduceCommandTest::text).toList();
    }

    private List<String> keys(int partition) {
        return log.records("logs", partition).stream().map(StoredRecord::record)
                .map(LogRecord::key).map(ProduceCommandTest::text).toList();
    }

    private static String text(Optional<ByteBuffer> bytes) {
        return UTF_8.decode(bytes.orElseThrow().duplicate()).toString();
    }
}
