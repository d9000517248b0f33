package io.cordwood.server.log;

import io.cordwood.runtime.LogException;

/** What became of one record. */
public sealed interface AppendResult {

    /** It is durable, at this place. */
    record Stored(int partition, long offset) implements AppendResult {}

    /** It is not, for this reason; unless the reason is that the outcome is unknown. */
    record Failed(LogException reason) implements AppendResult {}
}
