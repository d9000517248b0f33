package io.cordwood.history.file;

import io.cordwood.store.object.ObjectKey;

/** A history file in an object store. */
public record StoredHistory(ObjectKey key, HistoryFile file) {

    @Override
    public String toString() {
        return key.toString();
    }
}
