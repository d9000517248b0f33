package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.EncodedEntry;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.log.AppendOutcome;
import io.cordwood.manifest.log.Moment;
import io.cordwood.manifest.state.Apply;
import io.cordwood.manifest.state.ManifestState;
import io.vertx.core.Future;

/**
 * An entry on its way into the log.
 *
 * @param before the state that it follows, when those before it have landed
 * @param begun when its writing began
 */
record InFlight(ManifestState before, EntryDraft draft, EncodedEntry entry, Moment begun,
        Future<AppendOutcome> outcome) {

    /** The state when it has landed, too. */
    ManifestState after() {
        return Apply.apply(before, new StoredEntry(entry.entry(), entry.inlinePosition(),
                entry.bytes().size()));
    }
}
