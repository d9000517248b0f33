package io.cordwood.simulation.world;

import io.cordwood.simulation.truth.Truth;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ObjectKey;

/** How many objects went from the bucket, by what they were. */
public final class Deletions {

    private final Truth truth;
    private long entries;
    private long orphans;

    Deletions(Truth truth) {
        this.truth = truth;
    }

    /** An object that was there is there no more. */
    void deleted(ObjectKey key) {
        if (key.value().startsWith(BucketLayout.LOG_PREFIX)) {
            entries++;
        }
        if (BucketLayout.segmentId(key)
                .filter(id -> !truth.state().references().isKnown(id)).isPresent()) {
            orphans++;
        }
    }

    /** Entries of the manifest. */
    public long entries() {
        return entries;
    }

    /** Segments that the manifest did not know. */
    public long orphans() {
        return orphans;
    }
}
