package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.ObjectsCollected;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.store.layout.DataObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Objects that were left by their last run are gone from the bucket, and need not be remembered.
 * Answered with how many were not forgotten before.
 */
public record CollectObjects(List<DataObject> objects) implements Proposal<Integer> {

    private static final int EVENT_SIZE_MAX = 32;
    private static final int OBJECT_SIZE_MAX = 40;

    public CollectObjects {
        objects = List.copyOf(objects);
    }

    @Override
    public Decision<Integer> decide(ManifestState state, int inlinePosition) {
        Set<DataObject> wanted = new HashSet<>(objects);
        List<DataObject> collected = new ArrayList<>();
        for (DataObject garbage : state.references().garbage()) {
            if (wanted.contains(garbage)) {
                collected.add(garbage);
            }
        }
        return collected.isEmpty()
                ? new Decision.Settled<>(0)
                : new Decision.Accepted<>(new ObjectsCollected(collected), List.of(),
                        collected.size());
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return EVENT_SIZE_MAX + OBJECT_SIZE_MAX * objects.size();
    }
}
