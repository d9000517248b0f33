package io.cordwood.server.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.Exit;

/** One of Kafka's own commands, run in this process against a server. */
@FunctionalInterface
interface KafkaTool {

    /** No exit code that a process has: it runs. */
    int RUNS = -1;

    /** The command's own entry. */
    void main(String... arguments) throws Exception;

    /** Runs it, and returns all that it says and the code it ends with. */
    default Said run(RunningServer server, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--bootstrap-server", server.kafka()));
        all.addAll(List.of(arguments));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream paper = new PrintStream(said, true, StandardCharsets.UTF_8);
        PrintStream out = System.out;
        PrintStream err = System.err;
        AtomicInteger first = new AtomicInteger(RUNS);
        Exit.setExitProcedure((code, message) -> {
            first.compareAndSet(RUNS, code);
            throw new End(String.valueOf(message));
        });
        System.setOut(paper);
        System.setErr(paper);
        try {
            main(all.toArray(String[]::new));
            first.compareAndSet(RUNS, 0);
        } catch (End end) {
            paper.print(end.getMessage());
        } catch (Exception failure) {
            first.compareAndSet(RUNS, 1);
            failure.printStackTrace(paper);
        } finally {
            System.setOut(out);
            System.setErr(err);
            Exit.resetExitProcedure();
        }
        return new Said(first.get(), said.toString(StandardCharsets.UTF_8));
    }

    /** Runs it, and returns what it says; it must succeed. */
    default String output(RunningServer server, String... arguments) {
        Said said = run(server, arguments);
        if (said.code() != 0) {
            throw new AssertionError(String.join(" ", arguments) + ": " + said.text());
        }
        return said.text();
    }

    /** What a command said. */
    record Said(int code, String text) {}

    /** Where the process would end. Some commands take it for a failure of theirs. */
    final class End extends RuntimeException {

        private static final long serialVersionUID = 1;

        End(String message) {
            super(message);
        }
    }
}
