package io.cordwood.history.file;

import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.manifest.state.HistoryRef;
import io.cordwood.manifest.state.Run;
import io.cordwood.store.object.ObjectKey;

/** A history file in an object store. */
public record StoredHistory(ObjectKey key, HistoryFile file) {

    /**
     * The file of a run.
     *
     * @param history what the run lies in
     */
    public static StoredHistory of(Run run, HistoryRef history) {
        HistoryPlace place = history.file();
        return new StoredHistory(history.key(), new HistoryFile(run.baseOffset(), run.endOffset(),
                place.records(), new FileShape(place.tail(), place.tailCrc())));
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
