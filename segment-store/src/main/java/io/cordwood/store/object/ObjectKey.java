package io.cordwood.store.object;

import java.util.regex.Pattern;

/**
 * The name of an object: parts of letters, digits, {@code . _ -}, joined by {@code /}. No key may
 * be another's directory, because a store that keeps files cannot hold both.
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {

    private static final int LENGTH_MAX = 512;
    private static final Pattern VALID = Pattern
            .compile("(?!.*(^|/)\\.\\.?(/|$))[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");

    public ObjectKey {
        if (value.length() > LENGTH_MAX || !VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("not an object key: " + value);
        }
    }

    @Override
    public int compareTo(ObjectKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
