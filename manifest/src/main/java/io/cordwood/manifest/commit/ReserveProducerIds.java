package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.ProducerIdsReserved;
import io.cordwood.manifest.state.ManifestState;
import java.util.List;

/**
 * Some producer ids are to be given out by this process. Answered with the first.
 *
 * @param count how many, 1 to {@link ProducerIdsReserved#COUNT_MAX}
 */
public record ReserveProducerIds(int count) implements Proposal<Long> {

    public ReserveProducerIds {
        if (count < 1 || count > ProducerIdsReserved.COUNT_MAX) {
            throw new IllegalArgumentException("1 to " + ProducerIdsReserved.COUNT_MAX
                    + " ids, not " + count);
        }
    }

    @Override
    public Decision<Long> decide(ManifestState state, int inlinePosition) {
        return new Decision.Accepted<>(new ProducerIdsReserved(count), List.of(),
                state.producerIds().next());
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return 16;
    }
}
