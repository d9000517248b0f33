package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ConfigChange;
import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.event.ManifestEvent.ConfigsChanged;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import java.util.List;
import java.util.Optional;

/**
 * Somebody's settings are to be others. Answered with whether they are now: not where somebody else
 * has changed them since they were looked at, who did not know of this; then they are looked at
 * anew.
 *
 * @param before as they were when they were looked at
 */
public record ChangeConfigs(ConfigScope scope, Configs before, Configs after)
        implements
            Proposal<Boolean> {

    /** How many groups can have settings at a time. */
    static final int GROUPS_MAX = 10_000;

    private static final int EVENT_SIZE_MAX = 64 + 3 * ConfigScope.Group.NAME_LENGTH_MAX;

    @Override
    public Decision<Boolean> decide(ManifestState state, int inlinePosition) {
        Optional<Configs> now = now(state);
        if (now.isEmpty()) {
            return refused(Reason.UNKNOWN_TOPIC, "the topic was deleted meanwhile");
        }
        if (!now.get().equals(before)) {
            return new Decision.Settled<>(false);
        }
        ConfigChange change = before.changeTo(after);
        if (change.isEmpty()) {
            return new Decision.Settled<>(true);
        }
        if (isOneGroupTooMany(state)) {
            return refused(Reason.INVALID_CONFIG, "the settings of " + GROUPS_MAX
                    + " groups are kept, and of no more: remove those of some");
        }
        return new Decision.Accepted<>(new ConfigsChanged(scope, change), List.of(), true);
    }

    private Optional<Configs> now(ManifestState state) {
        return scope instanceof ConfigScope.Topic topic
                ? state.topic(topic.id()).map(TopicState::configs)
                : Optional.of(state.configs().of(scope));
    }

    private boolean isOneGroupTooMany(ManifestState state) {
        return scope instanceof ConfigScope.Group && before.isEmpty()
                && state.configs().groupCount() >= GROUPS_MAX;
    }

    private static Decision<Boolean> refused(Reason reason, String message) {
        return new Decision.Refused<>(new RejectedException(reason, message));
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return EVENT_SIZE_MAX + ConfigSizes.sizeMax(after)
                + ConfigSizes.sizeMax(before.values().keySet());
    }
}
