package io.cordwood.manifest.event;

import io.cordwood.runtime.RejectedException;
import java.util.regex.Pattern;

/** The name of a topic, under Kafka's rules: letters, digits, {@code . _ -}; 249 at most. */
public record TopicName(String value) implements Comparable<TopicName> {

    private static final Pattern VALID = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    /** Throws {@link RejectedException} for a name that is not legal. */
    public TopicName {
        if (!VALID.matcher(value).matches()) {
            throw new RejectedException(RejectedException.Reason.INVALID_TOPIC,
                    "a topic name has 1 to 249 letters, digits, '.', '_' or '-', and is not '.' or '..'");
        }
    }

    @Override
    public int compareTo(TopicName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
