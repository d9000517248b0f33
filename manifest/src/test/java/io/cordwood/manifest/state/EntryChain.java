package io.cordwood.manifest.state;

import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.CommitterElected;
import io.cordwood.manifest.event.StoredEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Writes a log by hand: each entry continues the one before, and is applied. */
public final class EntryChain {

    /** Where the inline part of each of its entries begins. */
    public static final int INLINE_POSITION = 1_000;

    private UUID writer = new UUID(100, 1);
    private ManifestState state = ManifestState.EMPTY;
    private long nonces;

    /** A log in which a committer was elected. */
    public static EntryChain elected() {
        EntryChain chain = new EntryChain();
        chain.append(new CommitterElected("first"));
        return chain;
    }

    /** Other entries are written by that process from now on. */
    public void writer(UUID other) {
        writer = other;
    }

    /** The entry that would come next, with these events. */
    public StoredEntry next(ManifestEvent... events) {
        boolean election = List.of(events).stream().anyMatch(CommitterElected.class::isInstance);
        LogPosition position = state.position();
        return stored(new ManifestEntry.Head(position.sequence() + 1, writer,
                new UUID(200, ++nonces), election ? position.epoch() + 1 : position.epoch(),
                position.nonce()), events);
    }

    /** An entry with that head. */
    public StoredEntry stored(ManifestEntry.Head head, ManifestEvent... events) {
        return new StoredEntry(
                new ManifestEntry(head, Instant.ofEpochMilli(head.sequence()), List.of(events)),
                INLINE_POSITION, 2_000);
    }

    /** Appends an entry with these events. */
    public ManifestState append(ManifestEvent... events) {
        return apply(next(events));
    }

    /** Appends the entry. */
    public ManifestState apply(StoredEntry entry) {
        state = Apply.apply(state, entry);
        return state;
    }

    public ManifestState state() {
        return state;
    }
}
