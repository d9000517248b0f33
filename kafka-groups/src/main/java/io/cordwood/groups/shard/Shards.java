package io.cordwood.groups.shard;

import io.cordwood.kafka.cluster.Brokers;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.state.Nodes;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shards of the groups that fall to this node, and how it comes to write them.
 *
 * <p>The coordinator believes that a shard is a partition of Kafka's offsets topic. A shard whose
 * records could not be written is given up and taken once more: what the coordinator knew of it is
 * forgotten and loaded from the manifest, and its clients are told to ask again.
 */
public final class Shards {

    private static final Logger LOG = LoggerFactory.getLogger(Shards.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KafkaLog log;
    private final Brokers brokers;
    private final Promise<GroupCoordinator> coordinator = Promise.promise();
    private final Map<GroupShard, Tenure> tenures = new ConcurrentHashMap<>();
    private final Backlog backlog = new Backlog();
    private final Map<GroupShard, Integer> elections = new ConcurrentHashMap<>();
    private final Set<GroupShard> loading = ConcurrentHashMap.newKeySet();
    private final Set<GroupShard> own = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;
    private Nodes nodes;

    /** No shards yet. */
    public Shards(KafkaLog log, Brokers brokers) {
        this.log = log;
        this.brokers = brokers;
        this.nodes = Nodes.NONE;
    }

    /**
     * Has a coordinator load the shards that fall to this node, now and whenever others come or go.
     * Called once, on the log's loop.
     */
    public void start(GroupCoordinator started) {
        coordinator.complete(started);
        nodes = log.state().nodes();
        share();
        log.follower().listen((entry, state) -> {
            if (nodes != state.nodes()) {
                nodes = state.nodes();
                share();
            }
        });
    }

    private void share() {
        Set<GroupShard> mine = brokers.ownShards();
        List<GroupShard> lost = own.stream().filter(shard -> !mine.contains(shard)).toList();
        List<GroupShard> gained = mine.stream().filter(shard -> !own.contains(shard)).toList();
        if (!lost.isEmpty() || !gained.isEmpty()) {
            LOG.info("Coordinates the groups of {} shards, {} more and {} less than before",
                    mine.size(), gained.size(), lost.size());
        }
        lost.forEach(this::giveUp);
        for (GroupShard shard : gained) {
            own.add(shard);
            loading.add(shard);
            elect(shard);
        }
    }

    /**
     * What is on its way to the manifest may arrive or not: its clients are told to look elsewhere.
     */
    private void giveUp(GroupShard shard) {
        own.remove(shard);
        loading.remove(shard);
        Optional.ofNullable(tenures.remove(shard)).ifPresent(Tenure::end);
        resign(shard);
    }

    private void resign(GroupShard shard) {
        if (!stopped) {
            coordinator.future().onSuccess(
                    there -> there.onResignation(shard.number(), OptionalInt.empty()));
        }
    }

    /** From now on the coordinator is told nothing: it is about to end. */
    public void stop() {
        stopped = true;
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

    /** The coordinator has been told all of a shard. */
    void loaded(GroupShard shard) {
        loading.remove(shard);
    }

    /** A shard could not be loaded: it is tried again after a while. */
    void electLater(GroupShard shard) {
        log.loop().schedule(PAUSE, () -> elect(shard));
    }

    private void lose(GroupShard shard, Throwable reason) {
        LOG.warn("Shard {} of the groups is loaded anew: its records were not written: {}",
                shard.number(), reason.toString());
        loadAnew(shard);
    }

    /**
     * Has the coordinator forget a shard and load it from the state as it is now, with all that was
     * written before. While it is being loaded there is nothing to do; a second load beside the
     * first would be taken for it when that ends. Called on the log's loop.
     */
    void loadAnew(GroupShard shard) {
        if (!own.contains(shard) || !loading.add(shard)) {
            return;
        }
        tenure(shard).ifPresent(Tenure::end);
        resign(shard);
        elect(shard);
    }

    /** Who commits no more has no future: its clients find another process. */
    private void elect(GroupShard shard) {
        if (!stopped && own.contains(shard) && !log.commits().ended().isComplete()) {
            coordinator.future().onSuccess(there -> there.onElection(shard.number(),
                    elections.merge(shard, 1, Integer::sum)));
        }
    }
}
