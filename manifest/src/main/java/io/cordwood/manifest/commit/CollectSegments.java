package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.SegmentsCollected;
import io.cordwood.manifest.state.ManifestState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Segments that were left by their last run are gone from the bucket, and need not be remembered.
 * Answered with how many were not forgotten before.
 */
public record CollectSegments(List<UUID> segments) implements Proposal<Integer> {

    private static final int EVENT_SIZE_MAX = 32;
    private static final int SEGMENT_SIZE_MAX = 20;

    public CollectSegments {
        segments = List.copyOf(segments);
    }

    @Override
    public Decision<Integer> decide(ManifestState state, int inlinePosition) {
        Set<UUID> wanted = new HashSet<>(segments);
        List<UUID> collected = new ArrayList<>();
        for (UUID garbage : state.references().garbage()) {
            if (wanted.contains(garbage)) {
                collected.add(garbage);
            }
        }
        return collected.isEmpty()
                ? new Decision.Settled<>(0)
                : new Decision.Accepted<>(new SegmentsCollected(collected), List.of(),
                        collected.size());
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return EVENT_SIZE_MAX + SEGMENT_SIZE_MAX * segments.size();
    }
}
