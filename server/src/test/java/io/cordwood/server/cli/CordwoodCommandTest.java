package io.cordwood.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.server.cli.Shell.Audience;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class CordwoodCommandTest {

    @Test
    void theHelpShowsAllCommandsAndHowToBegin() {
        CommandRun run = CommandRun.of("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.text()).contains("topics", "produce", "tail", "replay",
                "cordwood topics create hello");
        assertThat(run.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics", "topics list", "topics create", "topics describe",
            "topics delete", "produce", "tail", "replay"})
    void everyCommandExplainsItselfWithExamples(String command) {
        CommandRun run = CommandRun.of((command + " --help").split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.text()).contains("Example", "  cordwood " + command);
        assertThat(run.text().lines()).allSatisfy(
                line -> assertThat(line.length()).isLessThanOrEqualTo(90));
    }

    @Test
    void commandsFromOutsideAreCommandsLikeTheOthers() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Shell shell = new Shell(InputStream.nullInputStream(), output,
                new PrintStream(output, true, UTF_8), Audience.FILE, () -> 0);

        int exitCode = CordwoodCommand.commandLine(shell, List.of(new Outside()))
                .execute("outside");

        assertThat(exitCode).isZero();
    }

    @Test
    void whatIsAskedForWronglySaysHowItIsUsed() {
        assertThat(CommandRun.of().exitCode()).isEqualTo(2);
        assertThat(CommandRun.of().errors()).contains("Missing a command", "cordwood --help");
        assertThat(CommandRun.of("topics").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("produce").errors()).contains("TOPIC", "cordwood produce --help");
        assertThat(CommandRun.of("topcs").errors()).contains("topics");
        assertThat(CommandRun.of("tail", "logs", "--from", "yesterday").errors())
                .contains("beginning, end, an offset, or a time", "yesterday");
        assertThat(CommandRun.of("tail", "logs", "--from", "yesterday").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("topics", "list", "--server", "nowhere").errors())
                .contains("HOST:PORT");
        assertThat(CommandRun.of("topics", "create", "a", "--partitions", "many").exitCode())
                .isEqualTo(2);
    }

    @Test
    void aServerThatIsNotThereIsSaidWithWhatToDo() {
        CommandRun run = CommandRun.of("topics", "list", "--server", "127.0.0.1:1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("nobody answers at 127.0.0.1:1", "cordwood server",
                "--server");
        assertThat(run.text()).isEmpty();
    }

    @Command(name = "outside")
    private static final class Outside implements Runnable {

        @Override
        public void run() {}
    }
}
