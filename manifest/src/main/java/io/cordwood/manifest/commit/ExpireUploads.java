package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.UploadsExpired;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.RejectedException;
import java.util.List;

/**
 * Objects that are older than an entry are to join no more, so that those can be deleted in which
 * there is no run. Answered with that entry. Where it changes nothing, the log is at least an entry
 * longer, by which older objects can be told from newer.
 *
 * @param beforeSequence the entry: far enough back that no upload takes so long
 */
public record ExpireUploads(long beforeSequence) implements Proposal<Long> {

    public ExpireUploads {
        if (beforeSequence < 0) {
            throw new IllegalArgumentException("entries are numbered from 1");
        }
    }

    @Override
    public Decision<Long> decide(ManifestState state, int inlinePosition) {
        long before = state.references().uploadsExpiredBefore();
        if (beforeSequence < before) {
            return new Decision.Settled<>(before);
        }
        if (beforeSequence > state.sequence() + 1) {
            return new Decision.Refused<>(new RejectedException(
                    RejectedException.Reason.INVALID_REQUEST, "entry " + beforeSequence
                            + " is not there yet: the log ends at " + state.sequence()));
        }
        return new Decision.Accepted<>(new UploadsExpired(beforeSequence), List.of(),
                beforeSequence);
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return 16;
    }
}
