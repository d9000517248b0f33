package io.cordwood.ingest;

import java.time.Duration;

/** What is to be done with an open segment that has room left. */
sealed interface Sealing {

    /** Seal it. */
    record Now(SealCause cause) implements Sealing {}

    /** Look again when that time has passed. */
    record After(Duration delay) implements Sealing {}

    /** Look again when a segment before it is done. */
    record AfterCommit() implements Sealing {}
}
