package io.cordwood.manifest.commit;

import io.cordwood.runtime.RejectedException;
import java.util.List;

/** What became of one run of a committed segment. */
public sealed interface RunOutcome {

    /** It is part of its partition, from that offset on. */
    record Appended(long baseOffset) implements RunOutcome {}

    /** It was left out, and is stored nowhere that anybody reads. */
    record Refused(RejectedException reason) implements RunOutcome {}

    /** Its batches became of differently, each as it says, in the run's order. */
    record Divided(List<RunOutcome> batches) implements RunOutcome {

        public Divided {
            batches = List.copyOf(batches);
        }
    }
}
