package io.cordwood.history.write;

/** What became of a batch that was given to a {@link HistoryWriter}. */
public sealed interface AppendOutcome {

    /**
     * What is kept of it is in the file.
     *
     * @param records how many that are
     */
    record Appended(int records) implements AppendOutcome {}

    /**
     * Nothing of it is in the file, for a history file cannot hold it: it has to stay where it is.
     * The writer is as it was before; the file may still be finished.
     *
     * @param reason a sentence for people
     */
    record Unconvertible(String reason) implements AppendOutcome {}
}
