package io.cordwood.indexer;

import io.cordwood.indexer.convert.Converted;
import io.cordwood.indexer.merge.Tools;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Run;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What every kind of work of an indexer has at hand, and notes. */
record Workplace(Indexer.Parts parts, IndexerSettings settings, StuckRuns stuck, Turns turns) {

    ManifestState state() {
        return parts.follower().state();
    }

    /** The state with those topics alone that this process works at. */
    Supplier<ManifestState> ownTopics() {
        ManifestState state = state();
        Predicate<UUID> topics = parts.duties().topics();
        return () -> state.ofTopics(topics);
    }

    long nanoTime() {
        return parts.loop().nanoTime();
    }

    /** What objects are made with. */
    Tools tools(Supplier<Future<Void>> meanwhile) {
        return new Tools(parts.bucket(), parts.commits(), parts.loop(), parts.workers(),
                parts.ids(), meanwhile);
    }

    void note(Converted converted) {
        switch (converted) {
            case Converted.Done done -> turns
                    .note(all -> all.withHistory(done.bytes(), done.records()));
            case Converted.Unchanged() -> {
            }
            case Converted.Unconvertible(Run run, String reason) -> stuck
                    .addUnconvertible(run, reason);
            case Converted.Damaged(Run run, String reason) -> stuck.addDamaged(run, reason);
        }
        turns.note(all -> all.withStuck(stuck.count()));
    }
}
