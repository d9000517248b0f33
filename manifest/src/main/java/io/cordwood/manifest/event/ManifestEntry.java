package io.cordwood.manifest.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * One entry of the log.
 *
 * @param writtenAt the writer's clock, to the millisecond; for people, nothing is ordered by it
 * @param proposed by whom its events were proposed, in their order; of those of the writer nothing
 */
public record ManifestEntry(Head head, Instant writtenAt, List<ManifestEvent> events,
        List<Proposed> proposed) {

    public ManifestEntry {
        writtenAt = writtenAt.truncatedTo(ChronoUnit.MILLIS);
        events = List.copyOf(events);
        proposed = List.copyOf(proposed);
        int next = 0;
        for (Proposed one : proposed) {
            if (one.event() < next || one.event() >= events.size()) {
                throw new IllegalArgumentException("an event is proposed once: " + one);
            }
            next = one.event() + 1;
        }
    }

    /** An entry of nothing but what its writer proposed. */
    public ManifestEntry(Head head, Instant writtenAt, List<ManifestEvent> events) {
        this(head, writtenAt, events, List.of());
    }

    /** Its place in the log. */
    public long sequence() {
        return head.sequence();
    }

    /**
     * What makes an entry part of the log, or void.
     *
     * @param sequence its number, from 1
     * @param writer the process that wrote it
     * @param nonce unique for each entry that anybody ever tried to write
     * @param epoch the number of the election under which it was written
     * @param predecessor the nonce of the entry it continues
     */
    public record Head(long sequence, UUID writer, UUID nonce, long epoch, UUID predecessor) {
        public Head {
            if (sequence < 1 || epoch < 1) {
                throw new IllegalArgumentException("entries and epochs are numbered from 1");
            }
        }
    }
}
