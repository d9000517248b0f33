package io.cordwood.kafka.log;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what a request names more than once. */
public final class Repeated {

    private Repeated() {}

    /** Those keys that are there more than once. */
    public static <K> Set<K> of(Stream<K> keys) {
        Set<K> seen = new HashSet<>();
        Set<K> repeated = new HashSet<>();
        keys.filter(key -> !seen.add(key)).forEach(repeated::add);
        return repeated;
    }
}
