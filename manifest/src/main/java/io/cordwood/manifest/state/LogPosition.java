package io.cordwood.manifest.state;

import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.ManifestEvent.CommitterElected;
import java.util.UUID;

/**
 * How far the log was applied, and what the next entry must look like to count.
 *
 * @param sequence the last number seen, void entries included; 0 before the first
 * @param nonce of the last entry that was not void
 * @param epoch the number of the last election; 0 before the first
 * @param committer who won it
 * @param address where the committer can be reached; {@link #VACANT} once its node has left
 */
public record LogPosition(long sequence, UUID nonce, long epoch, UUID committer, String address) {

    /** What the first entry continues. */
    public static final UUID NO_ENTRY = new UUID(0, 0);

    /** The address of a committer that wants to be succeeded. It may still write. */
    public static final String VACANT = "";

    static final LogPosition START = new LogPosition(0, NO_ENTRY, 0, NO_ENTRY, VACANT);

    public LogPosition {
        if (sequence < 0 || epoch < 0) {
            throw new IllegalArgumentException("entries and epochs are numbered from 1");
        }
    }

    /**
     * Whether an entry counts. It does not if its writer had not seen the last entry that counts,
     * or was not the committer and does not become it: then it is void, for everybody and for ever.
     */
    boolean isContinuedBy(ManifestEntry entry) {
        boolean election = entry.events().stream().anyMatch(CommitterElected.class::isInstance);
        boolean rightful = election
                ? entry.head().epoch() == epoch + 1
                : entry.head().epoch() == epoch && entry.head().writer().equals(committer);
        return rightful && entry.head().predecessor().equals(nonce);
    }

    /** Whether nobody is to be waited for: there was no committer yet, or its node has left. */
    public boolean isVacant() {
        return address.equals(VACANT);
    }

    LogPosition skip() {
        return new LogPosition(sequence + 1, nonce, epoch, committer, address);
    }

    LogPosition advance(ManifestEntry entry) {
        return new LogPosition(entry.sequence(), entry.head().nonce(), epoch, committer, address);
    }

    LogPosition vacate() {
        return new LogPosition(sequence, nonce, epoch, committer, VACANT);
    }

    LogPosition elect(ManifestEntry entry, CommitterElected elected) {
        return new LogPosition(sequence, nonce, entry.head().epoch(), entry.head().writer(),
                elected.address());
    }
}
