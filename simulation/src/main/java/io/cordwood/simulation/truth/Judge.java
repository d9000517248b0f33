package io.cordwood.simulation.truth;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Hears what happens and what is wrong with it. The first wrong is kept, not thrown: whoever
 * notices it may stand deep inside the code under test, which would take it for a failure of its
 * own.
 */
public final class Judge {

    /** How much of what happened is told with a verdict. */
    private static final int REMEMBERED_MAX = 400;

    private final ArrayDeque<String> happened = new ArrayDeque<>();
    private final CRC32C fingerprint = new CRC32C();
    private final boolean aloud;
    private Optional<Verdict> verdict = Optional.empty();
    private long events;

    /**
     * A judge who has heard nothing.
     *
     * @param aloud whether everything that happens is printed to the standard output
     */
    public Judge(boolean aloud) {
        this.aloud = aloud;
    }

    /** Something happened, so many nanoseconds after the beginning. Told in microseconds. */
    public void note(long nanos, String event) {
        events++;
        String line = nanos / 1_000 + "  " + event;
        fingerprint.update(line.getBytes(StandardCharsets.UTF_8));
        if (aloud) {
            System.out.println(line);
        }
        happened.addLast(line);
        if (happened.size() > REMEMBERED_MAX) {
            happened.removeFirst();
        }
    }

    /**
     * Something must hold.
     *
     * @param promise the sentence that should have been true, a format for {@code details}
     */
    @FormatMethod
    public void check(boolean holds, @FormatString String promise, Object... details) {
        if (!holds && verdict.isEmpty()) {
            verdict = Optional.of(new Verdict(String.format(Locale.ROOT, promise, details),
                    Optional.empty()));
        }
    }

    /** Something was thrown that nobody may throw. */
    public void thrown(String where, Throwable bug) {
        if (verdict.isEmpty()) {
            verdict = Optional.of(new Verdict(where + ": " + bug, Optional.of(bug)));
        }
    }

    /** The first wrong; empty while all is well. */
    public Optional<Verdict> verdict() {
        return verdict;
    }

    /** How many events there were. */
    public long events() {
        return events;
    }

    /** Differs when anything happened otherwise or at another time. */
    public long fingerprint() {
        return fingerprint.getValue();
    }

    /** The last events, oldest first. */
    public String lastEvents() {
        return String.join("\n", happened);
    }

    /** What was wrong, and what was thrown if something was. */
    public record Verdict(String promise, Optional<Throwable> bug) {}
}
