package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.TopicDeleted;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A topic and its records are to be gone. Answered with the id it had. */
public record DeleteTopic(TopicName name) implements Proposal<UUID> {

    @Override
    public Decision<UUID> decide(ManifestState state, int inlinePosition) {
        Optional<UUID> id = state.topic(name).map(TopicState::id);
        if (id.isEmpty()) {
            return new Decision.Refused<>(new RejectedException(Reason.UNKNOWN_TOPIC,
                    "there is no topic " + name));
        }
        return new Decision.Accepted<>(new TopicDeleted(id.get()), List.of(), id.get());
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return 64;
    }
}
