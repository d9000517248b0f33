package io.cordwood.groups.metadata;

import io.cordwood.kafka.log.TopicKey;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.PartitionsAdded;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.ManifestEvent.TopicDeleted;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.follow.ManifestListener;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.Workers;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.MetadataProvenance;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * Tells the coordinator which topics there are, in the images that Kafka's own brokers make of
 * their metadata. Confined to the log's loop; the coordinator is told on workers, one image after
 * the other, since it waits until offsets of deleted topics are gone.
 */
public final class TopicImages implements ManifestListener {

    private static final int BROKER_EPOCH = 0;

    private final GroupCoordinator coordinator;
    private final EventLoop loop;
    private final Workers workers;
    private final int brokerId;
    private MetadataImage image = MetadataImage.EMPTY;
    private Future<?> told = Future.succeededFuture();

    /** Images of no topics yet. */
    public TopicImages(GroupCoordinator coordinator, EventLoop loop, Workers workers,
            int brokerId) {
        this.coordinator = coordinator;
        this.loop = loop;
        this.workers = workers;
        this.brokerId = brokerId;
    }

    /** Begins with the topics of a state. Called once. */
    public void start(ManifestState state) {
        change(state.sequence(), delta -> {
            delta.replay(new FeatureLevelRecord().setName(MetadataVersion.FEATURE_NAME)
                    .setFeatureLevel(MetadataVersion.latestProduction().featureLevel()));
            state.topics().forEach(topic -> add(delta, topic));
        });
    }

    @Override
    public void applied(StoredEntry entry, ManifestState state) {
        List<Consumer<MetadataDelta>> changes = new ArrayList<>();
        for (ManifestEvent event : entry.entry().events()) {
            if (event instanceof TopicCreated created) {
                state.topic(created.id()).ifPresent(
                        topic -> changes.add(delta -> add(delta, topic)));
            } else if (event instanceof PartitionsAdded added) {
                state.topic(added.topic()).ifPresent(
                        topic -> changes.add(delta -> addPartitions(delta, topic)));
            } else if (event instanceof TopicDeleted deleted && isKnown(deleted.id())) {
                changes.add(delta -> delta.replay(new RemoveTopicRecord()
                        .setTopicId(TopicKey.uuid(deleted.id()))));
            }
        }
        if (!changes.isEmpty()) {
            change(state.sequence(), delta -> changes.forEach(change -> change.accept(delta)));
        }
    }

    /** A topic that came and went in one entry was never told of. */
    private boolean isKnown(UUID topic) {
        return image.topics().topicsById().containsKey(TopicKey.uuid(topic));
    }

    private void change(long sequence, Consumer<MetadataDelta> change) {
        MetadataDelta delta = new MetadataDelta.Builder().setImage(image).build();
        change.accept(delta);
        image = delta.apply(new MetadataProvenance(sequence, BROKER_EPOCH,
                loop.now().toEpochMilli(), true));
        MetadataImage next = image;
        told = told.transform(before -> workers.call(() -> {
            coordinator.onMetadataUpdate(delta, next);
            return next;
        })).onFailure(Invariant::rethrow);
    }

    private void add(MetadataDelta delta, TopicState topic) {
        delta.replay(new TopicRecord().setName(topic.name().value())
                .setTopicId(TopicKey.uuid(topic.id())));
        addPartitions(delta, topic);
    }

    /** Telling of one once more does no harm. */
    private void addPartitions(MetadataDelta delta, TopicState topic) {
        for (int partition = 0; partition < topic.partitionCount(); partition++) {
            delta.replay(new PartitionRecord().setTopicId(TopicKey.uuid(topic.id()))
                    .setPartitionId(partition)
                    .setReplicas(List.of(brokerId)).setIsr(List.of(brokerId))
                    .setLeader(brokerId));
        }
    }
}
