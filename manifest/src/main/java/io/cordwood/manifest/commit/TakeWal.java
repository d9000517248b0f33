package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.WalTaken;
import io.cordwood.manifest.state.ManifestState;
import java.util.List;
import java.util.UUID;

/**
 * A process is to be the one that commits from a local WAL. Answered with the number of the last
 * segment that was committed from it: of whoever had it before, nothing follows.
 */
public record TakeWal(UUID wal, UUID owner) implements Proposal<Long> {

    @Override
    public Decision<Long> decide(ManifestState state, int inlinePosition) {
        long number = state.wal(wal).number();
        return state.wal(wal).owner().equals(owner)
                ? new Decision.Settled<>(number)
                : new Decision.Accepted<>(new WalTaken(wal, owner), List.of(), number);
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return 48;
    }
}
