package io.cordwood.manifest.state;

import java.util.UUID;

/**
 * What the manifest remembers of a local WAL.
 *
 * @param owner the process that commits from it; {@link #NOBODY} before one took it
 * @param number of the last segment that was committed; 0 if none was
 */
public record WalState(UUID owner, long number) {

    /** The owner of a WAL that nobody has taken. */
    public static final UUID NOBODY = new UUID(0, 0);

    static final WalState NEW = new WalState(NOBODY, 0);

    public WalState {
        if (number < 0) {
            throw new IllegalArgumentException("segments are numbered from 1: " + number);
        }
    }

    WalState take(UUID process) {
        return new WalState(process, number);
    }

    WalState commit(long committed) {
        return new WalState(owner, committed);
    }
}
