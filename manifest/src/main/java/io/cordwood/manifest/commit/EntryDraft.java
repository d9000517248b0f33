package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.EncodedEntry;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.Proposed;
import io.cordwood.manifest.state.Apply;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.store.object.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The next entry while it is made up: each proposal is judged as if those before it were true. */
final class EntryDraft {

    private static final int EVENTS_MAX = 4_096;
    private static final int SIZE_MAX = 8 << 20;
    private static final int ORIGIN_SIZE_MAX = 40;

    private final ManifestEntry.Head head;
    private final Instant writtenAt;
    private final List<ManifestEvent> events = new ArrayList<>();
    private final List<Proposed> proposed = new ArrayList<>();
    private final List<Bytes> inline = new ArrayList<>();
    private final List<Pending<?>> members = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();
    private ManifestState state;
    private int inlineSize;
    private long sizeMax;

    EntryDraft(ManifestState state, ManifestEntry.Head head, Instant writtenAt) {
        this.state = state;
        this.head = head;
        this.writtenAt = writtenAt;
    }

    /** Whether the proposal may be added: a reader must be able to hold the entry in memory. */
    boolean hasRoomFor(Proposal<?> proposal) {
        return members.isEmpty() || (members.size() < EVENTS_MAX
                && sizeMax + proposal.entrySizeMax(state) <= SIZE_MAX);
    }

    <T> void add(Pending<T> pending) {
        members.add(pending);
        switch (pending.proposal().decide(state, inlineSize)) {
            case Decision.Accepted<T> accepted -> {
                sizeMax += pending.proposal().entrySizeMax(state) + ORIGIN_SIZE_MAX;
                pending.origin().ifPresent(origin -> proposed.add(new Proposed(events.size(),
                        origin.process(), origin.number())));
                add(accepted);
                answers.add(() -> pending.promise().complete(accepted.answer()));
            }
            case Decision.Settled<T> settled -> answers
                    .add(() -> pending.promise().complete(settled.answer()));
            case Decision.Refused<T> refused -> answers
                    .add(() -> pending.promise().fail(refused.reason()));
        }
    }

    private void add(Decision.Accepted<?> accepted) {
        state = Apply.tryOut(state, accepted.event(), head, writtenAt);
        events.add(accepted.event());
        inline.addAll(accepted.inline());
        inlineSize += accepted.inline().stream().mapToInt(Bytes::size).sum();
    }

    /** Whether nothing would become true by it. */
    boolean isEmpty() {
        return events.isEmpty();
    }

    EncodedEntry encode() {
        return EntryCodec.encode(new ManifestEntry(head, writtenAt, events, proposed), inline);
    }

    /** Those whose proposals are in it or were refused by it, in order. */
    List<Pending<?>> members() {
        return members;
    }

    /** Tells all members what became of their proposals. */
    void answer() {
        answers.forEach(Runnable::run);
    }
}
