package io.cordwood.manifest.event;

import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The settings of something, by name. What they mean is known to whoever gives and reads them.
 *
 * @param values texts by the names of the settings
 */
public record Configs(NavigableMap<String, String> values) {

    /** The most settings that something can have. */
    public static final int COUNT_MAX = 200;

    /** The most characters of all names and values together. */
    public static final int SIZE_MAX = 64 << 10;

    /** No settings at all. */
    public static final Configs NONE = new Configs(new TreeMap<>());

    /** Throws {@link RejectedException} for more settings than something can have. */
    public Configs {
        values = Collections.unmodifiableNavigableMap(new TreeMap<>(values));
        if (values.size() > COUNT_MAX || size(values) > SIZE_MAX) {
            throw new RejectedException(Reason.INVALID_CONFIG, "at most " + COUNT_MAX
                    + " settings of " + SIZE_MAX + " characters in all are kept");
        }
        if (values.containsKey("")) {
            throw new RejectedException(Reason.INVALID_CONFIG, "a setting has a name");
        }
    }

    /** These settings, in whatever order they come. */
    public static Configs of(Map<String, String> values) {
        return new Configs(new TreeMap<>(values));
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The value of a setting, if it has one. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The settings after a change. */
    public Configs with(ConfigChange change) {
        TreeMap<String, String> changed = new TreeMap<>(values);
        changed.keySet().removeAll(change.removed());
        changed.putAll(change.set().values());
        return new Configs(changed);
    }

    /** What makes other settings of these. */
    public ConfigChange changeTo(Configs other) {
        TreeMap<String, String> set = new TreeMap<>(other.values);
        set.entrySet().removeAll(values.entrySet());
        NavigableSet<String> removed = new TreeSet<>(values.keySet());
        removed.removeAll(other.values.keySet());
        return new ConfigChange(new Configs(set), removed);
    }

    /** The characters of all names and values. */
    public int size() {
        return (int) size(values);
    }

    private static long size(NavigableMap<String, String> values) {
        return values.entrySet().stream()
                .mapToLong(value -> (long) value.getKey().length() + value.getValue().length())
                .sum();
    }
}
