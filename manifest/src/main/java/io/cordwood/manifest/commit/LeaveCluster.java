package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.NodeLeft;
import io.cordwood.manifest.state.ManifestState;
import java.util.List;
import java.util.UUID;

/**
 * A process is to be known to all as one that serves no more. Answered with whether it was known as
 * one that does.
 */
public record LeaveCluster(UUID process) implements Proposal<Boolean> {

    @Override
    public Decision<Boolean> decide(ManifestState state, int inlinePosition) {
        return state.nodes().ofProcess(process).isEmpty()
                ? new Decision.Settled<>(false)
                : new Decision.Accepted<>(new NodeLeft(process), List.of(), true);
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return 32;
    }
}
