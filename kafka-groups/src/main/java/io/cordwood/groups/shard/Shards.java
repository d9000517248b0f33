package io.cordwood.groups.shard;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.manifest.event.GroupShard;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shards of the groups that this process writes, and how it comes to write them.
 *
 * <p>The coordinator believes that a shard is a partition of Kafka's offsets topic. A shard whose
 * records could not be written is given up and taken once more: what the coordinator knew of it is
 * forgotten and loaded from the manifest, and its clients are told to ask again.
 */
public final class Shards {

    private static final Logger LOG = LoggerFactory.getLogger(Shards.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KafkaLog log;
    private final Promise<GroupCoordinator> coordinator = Promise.promise();
    private final Map<GroupShard, Tenure> tenures = new ConcurrentHashMap<>();
    private final Backlog backlog = new Backlog();
    private final Map<GroupShard, Integer> elections = new ConcurrentHashMap<>();

    /** No shards yet. */
    public Shards(KafkaLog log) {
        this.log = log;
    }

    /** Has a coordinator load all shards. Called once. */
    public void start(GroupCoordinator loading) {
        coordinator.complete(loading);
        for (int number = 0; number < GroupShard.COUNT; number++) {
            elect(new GroupShard(number));
        }
    }

    /** The shard that the coordinator takes for a partition. */
    static GroupShard of(TopicPartition partition) {
        return new GroupShard(partition.partition());
    }

    /** What the coordinator takes a shard for. */
    static TopicPartition partition(GroupShard shard) {
        return new TopicPartition(Topic.GROUP_METADATA_TOPIC_NAME, shard.number());
    }

    /** The tenure under which a shard is written; empty where it was not loaded yet. */
    Optional<Tenure> tenure(GroupShard shard) {
        return Optional.ofNullable(tenures.get(shard));
    }

    /** From now on a shard is written under a new tenure. */
    void begin(GroupShard shard, Tenure.Start start) {
        Optional.ofNullable(tenures.put(shard, new Tenure(log, shard, start, backlog,
                reason -> lose(shard, reason)))).ifPresent(Tenure::end);
    }

    /** A shard could not be loaded: it is tried again after a while. */
    void electLater(GroupShard shard) {
        log.loop().schedule(PAUSE, () -> elect(shard));
    }

    private void lose(GroupShard shard, Throwable reason) {
        LOG.warn("Shard {} of the groups is loaded anew: its records were not written: {}",
                shard.number(), reason.toString());
        coordinator.future().onSuccess(
                there -> there.onResignation(shard.number(), OptionalInt.empty()));
        elect(shard);
    }

    /** Who commits no more has no future: its clients find another process. */
    private void elect(GroupShard shard) {
        if (!log.committer().deposed().isComplete()) {
            coordinator.future().onSuccess(there -> there.onElection(shard.number(),
                    elections.merge(shard, 1, Integer::sum)));
        }
    }
}
