package io.cordwood.manifest.state;

import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.store.layout.DataObject;

/** A history file: it holds one run, and its tail says where in it the records are. */
public record HistoryRef(HistoryPlace file) implements Home {

    @Override
    public Place place() {
        return new Stored(new DataObject.History(file.topic(), file.id()));
    }

    @Override
    public Tier tier() {
        return Tier.HISTORY;
    }
}
