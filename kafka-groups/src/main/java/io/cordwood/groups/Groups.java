package io.cordwood.groups;

import com.yammer.metrics.core.MetricsRegistry;
import io.cordwood.groups.metadata.EndOffsets;
import io.cordwood.groups.metadata.GroupSettings;
import io.cordwood.groups.metadata.TopicImages;
import io.cordwood.groups.offsets.GroupLag;
import io.cordwood.groups.shard.EndedTransactions;
import io.cordwood.groups.shard.ShardLoader;
import io.cordwood.groups.shard.ShardWriter;
import io.cordwood.groups.shard.Shards;
import io.cordwood.kafka.cluster.Brokers;
import io.cordwood.kafka.configs.GroupConfigs;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.wire.Api;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.runtime.Workers;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.coordinator.group.GroupConfig;
import org.apache.kafka.coordinator.group.GroupConfigManager;
import org.apache.kafka.coordinator.group.GroupCoordinatorConfig;
import org.apache.kafka.coordinator.group.GroupCoordinatorService;
import org.apache.kafka.coordinator.group.metrics.GroupCoordinatorMetrics;
import org.apache.kafka.coordinator.group.metrics.GroupCoordinatorRuntimeMetrics;
import org.apache.kafka.coordinator.group.modern.share.ShareGroupConfig;
import org.apache.kafka.server.share.persister.NoOpStatePersister;
import org.apache.kafka.server.util.timer.SystemTimer;
import org.apache.kafka.server.util.timer.SystemTimerReaper;

/** The coordinator of all groups, with Kafka's own settings. */
public final class Groups {

    /** None but Kafka's own. */
    private static final Map<String, Object> SETTINGS = Map.of();

    private static final String TIMER = "group-coordinator-timer";

    private final KafkaLog log;
    private final GroupCoordinatorService coordinator;
    private final Shards shards;
    private final SystemTimerReaper timer;

    private Groups(KafkaLog log, GroupCoordinatorService coordinator, Shards shards,
            SystemTimerReaper timer) {
        this.log = log;
        this.coordinator = coordinator;
        this.shards = shards;
        this.timer = timer;
    }

    /**
     * Starts a coordinator, which has the shards that fall to this node. Complete when it begins to
     * load them: until a shard is loaded, clients are told to ask again.
     *
     * @param brokers the node among others
     * @param workers on which shards are loaded, and the coordinator is told of topics
     */
    public static Future<Groups> start(KafkaLog log, Brokers brokers, Workers workers) {
        Shards shards = new Shards(log, brokers);
        return workers.call(() -> build(log, workers, shards))
                .compose(built -> log.loop().submit(() -> Future
                        .succeededFuture(built.begin(workers))));
    }

    /** Not on the loop: all classes of the coordinator are loaded here. */
    private static Groups build(KafkaLog log, Workers workers, Shards shards) {
        SystemTimerReaper timer = new SystemTimerReaper(TIMER, new SystemTimer(TIMER));
        GroupCoordinatorConfig config = GroupCoordinatorConfig.fromProps(SETTINGS);
        ShareGroupConfig shareConfig = ShareGroupConfig.fromProps(SETTINGS);
        Metrics metrics = new Metrics();
        GroupCoordinatorService coordinator = new GroupCoordinatorService.Builder(
                Brokers.FIRST_ID, config)
                .withTime(Time.SYSTEM).withTimer(timer)
                .withWriter(new ShardWriter(log, shards))
                .withLoader(new ShardLoader(log, workers, shards, log.ids().get()))
                .withCoordinatorRuntimeMetrics(new GroupCoordinatorRuntimeMetrics(metrics))
                .withGroupCoordinatorMetrics(
                        new GroupCoordinatorMetrics(new MetricsRegistry(), metrics))
                .withGroupConfigManager(new GroupConfigManager(Map.of(), config, shareConfig))
                .withPersister(new NoOpStatePersister())
                .withAuthorizerPlugin(Optional.empty())
                .withPartitionMetadataClient(new EndOffsets(log))
                .build();
        coordinator.startup(() -> GroupShard.COUNT);
        return new Groups(log, coordinator, shards, timer);
    }

    private Groups begin(Workers workers) {
        TopicImages images = new TopicImages(coordinator, log.loop(), workers,
                Brokers.FIRST_ID);
        images.start(log.state());
        GroupSettings settings = new GroupSettings(coordinator);
        settings.start(log.state());
        log.follower().listen(images);
        log.follower().listen(settings);
        log.follower().listen(new EndedTransactions(log, coordinator, shards));
        shards.start(coordinator);
        return this;
    }

    /** The APIs of the groups. */
    public List<Api<?>> apis() {
        return new GroupApis(log, coordinator).all();
    }

    /** The settings that a group can have. */
    public GroupConfigs configs() {
        return new GroupConfigs(GroupConfig.CONFIG_DEF, values -> GroupConfig.validate(values,
                GroupCoordinatorConfig.fromProps(SETTINGS), ShareGroupConfig.fromProps(SETTINGS)));
    }

    /**
     * The groups that are behind most, first. Any thread may call.
     *
     * @param countMax how many at most
     */
    public List<GroupLag> lags(int countMax) {
        return GroupLag.most(log.state(), countMax);
    }

    /** Ends the coordinator's threads. What it has acknowledged is durable. May block. */
    public void close() {
        shards.stop();
        coordinator.shutdown();
        try {
            timer.close();
        } catch (Exception failure) {
            throw new IllegalStateException("the timer of the groups does not end", failure);
        }
    }
}
