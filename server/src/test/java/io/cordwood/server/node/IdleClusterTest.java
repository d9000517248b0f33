package io.cordwood.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.cluster.FromCommitter;
import io.cordwood.cluster.Line;
import io.cordwood.cluster.LineEnd;
import io.cordwood.cluster.ToCommitter;
import io.cordwood.manifest.event.NodeForge;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.server.log.NewRecord;
import io.cordwood.server.settings.ServerSettings;
import io.cordwood.server.settings.Setting;
import io.cordwood.server.settings.SettingsSources;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What three nodes cost that have nothing to do. */
class IdleClusterTest {

    private static final Logger LOG = LoggerFactory.getLogger(IdleClusterTest.class);

    private static final int NODES = 3;
    private static final int HOURS_OF_A_MONTH = 730;

    /** In US dollars, of S3 Standard in us-east-1. */
    private static final double PRICE_OF_A_WRITE = 0.005 / 1_000;
    private static final double PRICE_OF_A_READ = 0.0004 / 1_000;

    private static final LogRecord RECORD = new LogRecord(LogRecord.NO_TIMESTAMP, Optional.empty(),
            Optional.of(ByteBuffer.allocate(10)), List.of());

    /** Until then what was written was merged, and what was left by that deleted. */
    private static final Duration SETTLED = Duration.ofHours(2);

    private static final int HOURS = 4;

    @TempDir
    private Path folder;

    @Test
    void anIdleClusterCostsLessThanADollarAMonth() {
        CountingObjectStore requests = new IdleNodes(folder).hours(10);

        double reads = hourly(requests, Operation.GET, Operation.READ);
        double writes = hourly(requests, Operation.PUT, Operation.PUT_IF_ABSENT, Operation.LIST);
        double dollars = (reads * PRICE_OF_A_READ + writes * PRICE_OF_A_WRITE)
                * HOURS_OF_A_MONTH;
        LOG.info("{} idle nodes: {} reads and {} writes an hour, {} dollars a month", NODES,
                reads, writes, dollars);

        assertThat(dollars).isLessThan(1);
    }

    @Test
    void whatItCostsDoesNotGrowWithThePartitions() {
        long ofFew = new IdleNodes(folder.resolve("few")).hours(10).calls();

        assertThat(new IdleNodes(folder.resolve("many")).hours(1_000).calls()).isEqualTo(ofFew);
    }

    private static double hourly(CountingObjectStore requests, Operation... operations) {
        return Arrays.stream(operations).mapToLong(requests::calls).sum() / (double) HOURS;
    }

    /** Three nodes over one bucket, on a clock that the test turns. */
    private static final class IdleNodes {

        private final ManualEventLoop loop = new ManualEventLoop();
        private final CountingObjectStore bucket = new CountingObjectStore(
                new MemoryObjectStore(loop::now));
        private final Map<String, Function<Line<FromCommitter>, LineEnd<ToCommitter>>> served;
        private final Random chance = new Random(1);
        private final Path folder;

        IdleNodes(Path folder) {
            this.folder = folder;
            this.served = new HashMap<>();
        }

        /** What they ask for in some hours, long after something was written. */
        CountingObjectStore hours(int partitions) {
            List<Node> nodes = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                nodes.add(start("node-" + i));
            }
            TopicName topic = new TopicName("orders");
            loop.await(nodes.getFirst().log().createTopic(topic, partitions));
            for (Node node : nodes) {
                loop.await(node.log().append(topic, List.of(new NewRecord(OptionalInt.of(0),
                        RECORD))));
            }
            loop.advance(SETTLED);
            bucket.reset();
            loop.advance(Duration.ofHours(HOURS));
            return bucket;
        }

        private Node start(String name) {
            DirectWorkers workers = new DirectWorkers();
            NodeEnvironment environment = new NodeEnvironment(loop, workers, workers, chance,
                    this::id, cluster -> new ShortLines(loop, name, served));
            ServerSettings settings = new SettingsSources()
                    .flags(Map.of(Setting.LOCAL, folder.resolve(name).toString(),
                            Setting.CACHE_DISK, "0"))
                    .resolve(1 << 30);
            Node node = loop
                    .await(loop.submit(() -> NodeStorage.open(environment, settings, bucket))
                            .compose(storage -> Node.open(environment, storage,
                                    NodeSettings.of(settings))));
            loop.await(node.join(NodeForge.node(name, node.process())));
            return node;
        }

        private UUID id() {
            return new UUID(chance.nextLong(), chance.nextLong());
        }
    }
}
