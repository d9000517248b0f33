package io.cordwood.manifest.state;

import java.util.UUID;

/**
 * What the manifest remembers of a local WAL.
 *
 * @param owner the process that commits from it; {@link #NOBODY} before one took it
 * @param takenSequence the entry by which it was taken; 0 before
 * @param number of the last segment that was committed; 0 if none was
 */
public record WalState(UUID owner, long takenSequence, long number) {

    /** The owner of a WAL that nobody has taken. */
    public static final UUID NOBODY = new UUID(0, 0);

    static final WalState NEW = new WalState(NOBODY, 0, 0);

    public WalState {
        if (number < 0 || takenSequence < 0) {
            throw new IllegalArgumentException("segments and entries are numbered from 1: "
                    + number + ", " + takenSequence);
        }
    }

    WalState take(UUID process, long sequence) {
        return new WalState(process, sequence, number);
    }

    WalState commit(long committed) {
        return new WalState(owner, takenSequence, committed);
    }
}
