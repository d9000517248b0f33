package io.cordwood.manifest.event;

import io.cordwood.runtime.RejectedException;

/** The name under which instances of a producer carry on each other's transactions. */
public record TransactionalId(String value) implements Comparable<TransactionalId> {

    /** The longest, in characters, that is accepted. */
    public static final int LENGTH_MAX = 1_000;

    /** Throws {@link RejectedException} for a name that is empty or too long. */
    public TransactionalId {
        if (value.isEmpty() || value.length() > LENGTH_MAX) {
            throw new RejectedException(RejectedException.Reason.INVALID_REQUEST,
                    "a transactional id has 1 to " + LENGTH_MAX + " characters");
        }
    }

    @Override
    public int compareTo(TransactionalId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
