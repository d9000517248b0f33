package io.cordwood.manifest.commit;

import io.cordwood.runtime.RejectedException;

/** What became of one run of a committed segment. */
public sealed interface RunOutcome {

    /** It is part of its partition, from that offset on. */
    record Appended(long baseOffset) implements RunOutcome {}

    /** It was left out, and is stored nowhere that anybody reads. */
    record Refused(RejectedException reason) implements RunOutcome {}
}
