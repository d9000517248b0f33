package io.cordwood.server.cli;

import io.cordwood.server.cli.Shell.Audience;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Option;

/** The option to see how far a long command has come, and the bar that shows it. */
final class Progress {

    private static final int UPDATE_MILLIS = 250;
    private static final int WIDTH_WITHOUT_TERMINAL = 100;

    @Option(names = "--progress", negatable = true, order = 70,
            description = "Show a progress bar, or do not (shown on a terminal).")
    private Optional<Boolean> wanted = Optional.empty();

    /**
     * Begins to show progress, if it is wanted.
     *
     * @param total how much there is to do; negative if that is not known
     */
    Bar start(Shell shell, String task, long total) {
        return start(shell, task, 0, total);
    }

    /** The same, where so much was done before. */
    Bar start(Shell shell, String task, long done, long total) {
        boolean terminal = shell.people() == Audience.TERMINAL;
        if (!wanted.orElse(terminal)) {
            return new Bar(Optional.empty());
        }
        ProgressBarConsumer console = terminal
                ? new ConsoleProgressBarConsumer(shell.err())
                : new ConsoleProgressBarConsumer(shell.err(), WIDTH_WITHOUT_TERMINAL);
        return new Bar(Optional.of(new ProgressBarBuilder().setTaskName(task).setInitialMax(total)
                .startsFrom(done, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(UPDATE_MILLIS)
                .setUnit(" records", 1).showSpeed().setConsumer(console).build()));
    }

    /** How far a command has come: a bar that shows it, or nothing. */
    record Bar(Optional<ProgressBar> shown) implements AutoCloseable {

        /** So much is done. May be called on any thread. */
        void reach(long done) {
            shown.ifPresent(bar -> bar.stepTo(done));
        }

        /** There is so much to do, as it now seems. */
        void expect(long total) {
            shown.ifPresent(bar -> bar.maxHint(total));
        }

        @Override
        public void close() {
            shown.ifPresent(ProgressBar::close);
        }
    }
}
