package io.cordwood.store.object;

/** What became of a write that was to happen only if there was no such object. */
public sealed interface PutOutcome {

    /** The object is durable, and it is this writer's. */
    record Created() implements PutOutcome {}

    /** There was such an object before; this writer's was not stored and will not be. */
    record Exists() implements PutOutcome {}

    /**
     * The write may have happened, may not, or may yet happen: a time-out, a lost connection, an
     * error that proves nothing. Read the object and compare before acting on it.
     */
    record Unknown(Throwable cause) implements PutOutcome {}
}
