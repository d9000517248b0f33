package io.cordwood.manifest.follow;

import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.state.ManifestState;

/** Wants to know of every entry that this node applies. */
@FunctionalInterface
public interface ManifestListener {

    /**
     * Called on the follower's loop, in the order of the log.
     *
     * @param entry the entry; void entries are told too
     * @param state the state after it
     */
    void applied(StoredEntry entry, ManifestState state);
}
