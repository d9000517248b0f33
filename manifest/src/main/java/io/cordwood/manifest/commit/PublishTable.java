package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.TablePublished;
import io.cordwood.manifest.event.TableVersion;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import java.util.List;
import java.util.UUID;

/**
 * The history of a topic is to be a table as a version says, all of which is in the bucket.
 * Answered with the version; refused where the topic is gone, or another version has come first.
 */
public record PublishTable(UUID topic, TableVersion version) implements Proposal<TableVersion> {

    private static final int EVENT_SIZE_MAX = 96;

    @Override
    public Decision<TableVersion> decide(ManifestState state, int inlinePosition) {
        boolean follows = state.topic(topic)
                .filter(known -> known.tableNumber() + 1 == version.number()).isPresent();
        return follows
                ? new Decision.Accepted<>(new TablePublished(topic, version), List.of(), version)
                : new Decision.Refused<>(new RejectedException(Reason.INVALID_REQUEST,
                        "version " + version.number() + " of the table of " + topic
                                + " does not follow what is there"));
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return EVENT_SIZE_MAX;
    }
}
