package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.WalTaken;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.WalState;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A process is to be the one that commits from a local WAL. Answered with the number of the last
 * segment that was committed from it: of whoever had it before, nothing follows. Answered with
 * nothing when another has taken it since: a process that is gone may have proposed this, and long
 * ago.
 *
 * @param knownSequence the last entry that the process knew
 */
public record TakeWal(UUID wal, UUID owner, long knownSequence) implements Proposal<OptionalLong> {

    public TakeWal {
        if (knownSequence < 0) {
            throw new IllegalArgumentException("entries are numbered from 1: " + knownSequence);
        }
    }

    @Override
    public Decision<OptionalLong> decide(ManifestState state, int inlinePosition) {
        WalState known = state.wal(wal);
        OptionalLong number = OptionalLong.of(known.number());
        if (known.owner().equals(owner)) {
            return new Decision.Settled<>(number);
        }
        return known.takenSequence() > knownSequence
                ? new Decision.Settled<>(OptionalLong.empty())
                : new Decision.Accepted<>(new WalTaken(wal, owner), List.of(), number);
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return 48;
    }
}
