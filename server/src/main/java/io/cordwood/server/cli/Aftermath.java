package io.cordwood.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done about batches of which at least one was not stored as a whole.
 *
 * @param again what to send again, in its order
 * @param overtaken lines to send again of which later ones are stored already
 */
record Aftermath(List<Verdict> verdicts, List<Batch> again, long overtaken) {

    static Aftermath of(List<Verdict> verdicts) {
        List<Batch> again = new ArrayList<>();
        long lines = 0;
        long overtaken = 0;
        for (Verdict verdict : verdicts) {
            if (!verdict.lines(Fate.STORED).isEmpty()) {
                overtaken = lines;
            }
            List<Line> left = verdict.lines(Fate.AGAIN);
            lines += left.size();
            if (!left.isEmpty()) {
                again.add(new Batch(left));
            }
        }
        return new Aftermath(verdicts, again, overtaken);
    }

    /** Why it first went wrong. */
    String reason() {
        return verdicts.stream().map(Verdict::reason).filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Why nothing can be sent again; none if it can. */
    Optional<CommandFailure> failure(long acknowledged) {
        List<Line> unknown = lines(Fate.UNKNOWN);
        if (!unknown.isEmpty()) {
            return Optional.of(new CommandFailure(reason(Fate.UNKNOWN) + "\n  " + acknowledged
                    + " lines are acknowledged; of " + unknown.size() + " more, "
                    + range(unknown) + ", it is not known whether they are stored",
                    "look at the end of the topic before you send those again"));
        }
        List<Line> refused = lines(Fate.REFUSED);
        if (!refused.isEmpty()) {
            return Optional.of(new CommandFailure(range(refused.subList(0, 1)) + ": "
                    + reason(Fate.REFUSED) + "\n  " + acknowledged + " lines are acknowledged; "
                    + refused.size() + " were refused, " + range(refused),
                    "correct what is wrong, and send what is missing"));
        }
        return Optional.empty();
    }

    private List<Line> lines(Fate fate) {
        return verdicts.stream().flatMap(verdict -> verdict.lines(fate).stream()).toList();
    }

    private String reason(Fate fate) {
        return verdicts.stream().filter(verdict -> !verdict.lines(fate).isEmpty())
                .map(Verdict::reason).findFirst().orElse("");
    }

    private static String range(List<Line> lines) {
        long first = lines.getFirst().number();
        long last = lines.getLast().number();
        return first == last ? "line " + first : "lines " + first + " to " + last;
    }
}
