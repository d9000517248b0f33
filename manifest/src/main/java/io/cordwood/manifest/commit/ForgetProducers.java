package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.ProducersForgotten;
import io.cordwood.manifest.state.ManifestState;
import java.util.List;

/**
 * Partitions are to forget the producers that have sent them nothing since a time. Answered with
 * that time.
 */
public record ForgetProducers(long beforeMillis) implements Proposal<Long> {

    @Override
    public Decision<Long> decide(ManifestState state, int inlinePosition) {
        return new Decision.Accepted<>(new ProducersForgotten(beforeMillis), List.of(),
                beforeMillis);
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return 16;
    }
}
