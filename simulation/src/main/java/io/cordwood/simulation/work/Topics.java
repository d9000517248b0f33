package io.cordwood.simulation.work;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.process.NodeProcess;
import io.cordwood.simulation.truth.Inquiry;
import io.cordwood.simulation.world.World;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates topics, and rarely deletes one; then another comes under the same name. */
public final class Topics {

    private static final List<TopicName> NAMES = List.of(new TopicName("alpha"),
            new TopicName("beta"), new TopicName("gamma"));
    private static final TopicName COMPACTED = NAMES.getLast();

    /** What is there is of the first minutes of 1970, and most of it too old by now. */
    private static final Configs RETENTION = Configs.of(Map.of("retention.ms", "1699999100000",
            "retention.bytes", "60000"));
    private static final Configs COMPACTION = Configs.of(Map.of("cleanup.policy", "compact",
            "min.cleanable.dirty.ratio", "0.1", "delete.retention.ms", "60000"));
    private static final int PARTITIONS_MAX = 3;
    private static final int DELETE_ONE_IN = 6;

    private final World world;
    private final Fleet fleet;

    public Topics(World world, Fleet fleet) {
        this.world = world;
        this.fleet = fleet;
    }

    /** Whether of a topic only the last record of each key need be there. */
    public static boolean isCompacted(TopicName name) {
        return name.equals(COMPACTED);
    }

    /** Begins to create and delete, so often on average. */
    public void start(Duration about) {
        world.repeatWriting(about, () -> fleet.someServing().ifPresent(this::change));
    }

    private void change(NodeProcess on) {
        TopicName name = NAMES.get(world.chance().nextInt(NAMES.size()));
        if (world.chance().nextInt(DELETE_ONE_IN) == 0) {
            world.note("delete " + name + " on " + on);
            ask("delete " + name, on, Fleet.nodeOf(on).log().deleteTopic(name));
        } else {
            world.note("create " + name + " on " + on);
            KafkaLog log = Fleet.nodeOf(on).kafka();
            ask("create " + name, on, log.propose(new CreateTopic(log.ids().get(), name,
                    1 + world.chance().nextInt(PARTITIONS_MAX), configs(name))));
        }
    }

    /** Of the first all is kept. */
    private static Configs configs(TopicName name) {
        if (isCompacted(name)) {
            return COMPACTION;
        }
        return name.equals(NAMES.getFirst()) ? Configs.NONE : RETENTION;
    }

    private void ask(String what, NodeProcess on, Future<?> change) {
        Inquiry inquiry = world.inquiries().ask(what, on.life(), world.time().nanoTime());
        change.onComplete(done -> world.inquiries().answered(inquiry))
                .onFailure(failure -> check(on, failure));
    }

    private void check(NodeProcess on, Throwable failure) {
        world.judge().check(Failure.isRightful(failure, on),
                "a change of topics is refused or unknown: %s", failure);
        world.judge().check(!(Optional.ofNullable(failure.getCause())
                .orElse(failure) instanceof AssertionError),
                "nothing is told of a bug as if it were a failure: %s", failure);
    }
}
