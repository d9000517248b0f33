package io.cordwood.groups.metadata;

import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.ConfigsChanged;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.follow.ManifestListener;
import io.cordwood.manifest.state.ManifestState;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the coordinator of the settings that groups have of their own. If it does not take some,
 * the group goes on with those it had: who commits must not be held up.
 */
public record GroupSettings(GroupCoordinator coordinator) implements ManifestListener {

    private static final Logger LOG = LoggerFactory.getLogger(GroupSettings.class);

    /** Begins with the settings of a state. Called once. */
    public void start(ManifestState state) {
        state.configs().groups().forEach(group -> tell(group, state));
    }

    @Override
    public void applied(StoredEntry entry, ManifestState state) {
        for (ManifestEvent event : entry.entry().events()) {
            if (event instanceof ConfigsChanged changed
                    && changed.scope() instanceof ConfigScope.Group group) {
                tell(group.name(), state);
            }
        }
    }

    private void tell(String group, ManifestState state) {
        Properties settings = new Properties();
        settings.putAll(state.configs().group(group).values());
        try {
            coordinator.updateGroupConfig(group, settings);
        } catch (KafkaException refused) {
            LOG.error("The settings of group {} were not taken: {}", group, refused.toString());
        }
    }
}
