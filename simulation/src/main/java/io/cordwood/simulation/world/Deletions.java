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
        if (BucketLayout.dataObject(key)
                .filter(object -> !truth.state().references().isKnown(object)).isPresent()) {
            orphans++;
        }
    }

    /** Entries of the manifest. */
    public long entries() {
        return entries;
    }

    /** Segments and history files that the manifest did not know. */
    public long orphans() {
        return orphans;
    }
}
