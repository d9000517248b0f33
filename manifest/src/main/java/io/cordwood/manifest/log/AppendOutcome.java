package io.cordwood.manifest.log;

import io.cordwood.manifest.event.StoredEntry;

/** What became of an entry that was to be the next. There is no third: unknown was found out. */
public sealed interface AppendOutcome {

    /** It is in the log. */
    record Committed(StoredEntry entry) implements AppendOutcome {}

    /** Another entry has the number; this one will never be in the log. */
    record Lost(StoredEntry winner) implements AppendOutcome {}
}
