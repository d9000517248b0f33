package io.cordwood.manifest.event;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * How settings change.
 *
 * @param set those that have other values
 * @param removed the names of those that have none any more
 */
public record ConfigChange(Configs set, NavigableSet<String> removed) {

    public ConfigChange {
        removed = Collections.unmodifiableNavigableSet(new TreeSet<>(removed));
        if (set.values().keySet().stream().anyMatch(removed::contains)) {
            throw new IllegalArgumentException("a setting is set or removed, not both");
        }
    }

    /** Whether it changes nothing. */
    public boolean isEmpty() {
        return set.isEmpty() && removed.isEmpty();
    }
}
