package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.TransactionalIdsForgotten;
import io.cordwood.manifest.state.ManifestState;
import java.util.List;

/**
 * Transactional ids that nobody has used since a time are to be forgotten. Answered with that time.
 */
public record ForgetTransactionalIds(long beforeMillis) implements Proposal<Long> {

    @Override
    public Decision<Long> decide(ManifestState state, int inlinePosition) {
        return new Decision.Accepted<>(new TransactionalIdsForgotten(beforeMillis), List.of(),
                beforeMillis);
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return 16;
    }
}
