package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.UploadsExpired;
import io.cordwood.manifest.state.ManifestState;
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
        return beforeSequence < before
                ? new Decision.Settled<>(before)
                : new Decision.Accepted<>(new UploadsExpired(beforeSequence), List.of(),
                        beforeSequence);
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return 16;
    }
}
