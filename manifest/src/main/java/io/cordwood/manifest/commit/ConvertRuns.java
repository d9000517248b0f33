package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.manifest.event.ManifestEvent.RunsConverted;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import java.util.List;

/**
 * The run in a history file is to take the place of the runs that it was made of. Answered with
 * how many those were; refused where they are not all there any more, just as they were.
 */
public record ConvertRuns(HistoryPlace file, Replacement replacement)
        implements
            Proposal<Integer> {

    private static final int EVENT_SIZE_MAX = 256;

    public ConvertRuns {
        if (!file.isFilledBy(replacement.made())) {
            throw new IllegalArgumentException("a run fills its history file: " + file.id());
        }
    }

    @Override
    public Decision<Integer> decide(ManifestState state, int inlinePosition) {
        if (!state.references().mayJoin(file.id())) {
            return refused("history file " + file.id()
                    + " was made too long ago, and may be gone");
        }
        return replacement.isPossibleIn(state)
                ? new Decision.Accepted<>(new RunsConverted(file, replacement.run()), List.of(),
                        replacement.sources().size())
                : refused("not all is there any more of what history file " + file.id()
                        + " was made of");
    }

    private static Decision<Integer> refused(String reason) {
        return new Decision.Refused<>(
                new RejectedException(Reason.INVALID_REQUEST, reason));
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return EVENT_SIZE_MAX;
    }
}
