package io.cordwood.manifest.state;

import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.ManifestEvent.ConfigsChanged;
import io.cordwood.manifest.event.ManifestEvent.PartitionsAdded;
import io.cordwood.manifest.event.ManifestEvent.RecordsDeleted;

/** What administrators change of what is there. */
final class Alterations {

    private Alterations() {}

    static ManifestState change(ManifestState state, ConfigsChanged changed) {
        if (!(changed.scope() instanceof ConfigScope.Topic scope)) {
            return state.withConfigs(state.configs().with(changed.scope(), changed.change()));
        }
        TopicState topic = ManifestInvariants.whatChangesIsThere(state, scope.id());
        return state.withTopic(topic.withConfigs(topic.configs().with(changed.change())));
    }

    static ManifestState grow(ManifestState state, PartitionsAdded added) {
        TopicState topic = ManifestInvariants.whatChangesIsThere(state, added.topic());
        ManifestInvariants.aTopicOnlyGrows(topic, added);
        return state.withTopic(topic.grow(added.partitions()));
    }

    static ManifestState deleteRecords(ManifestState state, RecordsDeleted deleted) {
        PartitionState partition = ManifestInvariants.theStartOnlyRises(state, deleted);
        return state
                .withPartition(deleted.partition(),
                        before -> before.deleteBefore(deleted.startOffset()))
                .withReferences(references -> references
                        .remove(partition.runsBefore(deleted.startOffset())));
    }
}
