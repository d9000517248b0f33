package io.cordwood.store.object;

/**
 * The name of an object: parts of letters, digits, {@code . _ -}, joined by {@code /}. No key may
 * be another's directory, because a store that keeps files cannot hold both.
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {

    private static final int LENGTH_MAX = 512;

    public ObjectKey {
        if (value.length() > LENGTH_MAX || !isPath(value)) {
            throw new IllegalArgumentException("not an object key: " + value);
        }
    }

    /** Keys are made by the thousand, so that is told by one look at each letter. */
    private static boolean isPath(String value) {
        int begin = 0;
        for (int i = 0; i <= value.length(); i++) {
            if (i == value.length() || value.charAt(i) == '/') {
                if (!isPart(value, begin, i)) {
                    return false;
                }
                begin = i + 1;
            } else if (!isPlain(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Something, but no name that file systems have for directories. */
    private static boolean isPart(String value, int begin, int end) {
        int dots = begin;
        while (dots < end && value.charAt(dots) == '.') {
            dots++;
        }
        return end > begin && (dots < end || end - begin > 2);
    }

    private static boolean isPlain(char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9') || letter == '.' || letter == '_'
                || letter == '-';
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
