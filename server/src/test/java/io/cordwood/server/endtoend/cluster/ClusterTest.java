package io.cordwood.server.endtoend.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.server.endtoend.KafkaClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes are stopped, killed, paused and wiped while clients with all defaults write and read.
 * Nothing that was acknowledged is lost, doubled or out of order; committed offsets never go back;
 * transactions are whole; and no client is told of anything that it does not retry by itself.
 */
class ClusterTest {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterTest.class);

    /** Longer than others wait for a node that is silent. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Duration CALM_MAX = Duration.ofSeconds(60);
    private static final int CALM_RECORDS = 100;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void clientsDoNotNoticeWhenNodesAreGone() throws Exception {
        try (ThreeNodes nodes = new ThreeNodes(folder)) {
            KafkaClients clients = nodes.clients();
            clients.createTopic(SteadyWriter.TOPIC, SteadyWriter.PARTITIONS);
            clients.createTopic(PairWriter.TOPIC, PairWriter.PARTITIONS);
            SteadyWriter writer = new SteadyWriter(clients);
            PairWriter pairs = new PairWriter(clients);
            try (GroupReader classic = new GroupReader(clients, "classic");
                    GroupReader modern = new GroupReader(clients, "consumer")) {
                Calm calm = new Calm(writer, pairs, classic, modern);
                calm.await("the start");
                disturb(nodes, calm);
                writer.close();
                pairs.close();
            }
            verify(clients, writer, pairs);
            assertThat(nodes.logs()).doesNotContain("A bug, please report it");
        }
    }

    private static void disturb(ThreeNodes nodes, Calm calm) throws Exception {
        nodes.server(0).kill();
        nodes.start(0);
        calm.await("a node was killed");

        nodes.server(1).pause();
        Thread.sleep(PAUSE.toMillis());
        nodes.server(1).resume();
        calm.await("a node was paused");

        nodes.server(2).kill();
        nodes.wipe(2);
        nodes.start(2);
        calm.await("a node was killed and lost its disk");

        for (int node = 0; node < ThreeNodes.COUNT; node++) {
            nodes.server(node).stop();
            nodes.server(node).awaitExit();
            nodes.start(node);
            calm.await("a node was restarted");
        }

        nodes.server(0).kill();
        nodes.server(1).pause();
        nodes.server(2).kill();
        nodes.wipe(2);
        nodes.start(0);
        nodes.start(2);
        Thread.sleep(PAUSE.toMillis());
        nodes.server(1).resume();
        calm.await("one was killed, one paused, and one lost its disk, at once");

        for (int node = 0; node < ThreeNodes.COUNT; node++) {
            nodes.server(node).kill();
            nodes.wipe(node);
        }
        for (int node = 0; node < ThreeNodes.COUNT; node++) {
            nodes.start(node);
        }
        calm.await("all were killed at once and lost their disks");
    }

    private static void verify(KafkaClients clients, SteadyWriter writer, PairWriter pairs)
            throws Exception {
        try (KafkaConsumer<String, String> consumer = clients.consumer(
                Map.of("isolation.level", "read_committed")); Admin admin = clients.admin()) {
            writer.verify(consumer);
            pairs.verify(consumer);
            assertThat(KafkaClients.find(admin.listConsumerGroupOffsets(PairWriter.GROUP)
                    .partitionsToOffsetAndMetadata().get(),
                    new TopicPartition(PairWriter.TOPIC, 0)).offset())
                    .isEqualTo(pairs.lastCommitted());
        }
    }

    /** All that clients do goes on. */
    private record Calm(SteadyWriter writer, PairWriter pairs, GroupReader classic,
            GroupReader modern) {

        void await(String what) throws InterruptedException {
            long written = writer.acknowledged() + CALM_RECORDS;
            long read = classic.count() + CALM_RECORDS;
            long readToo = modern.count() + CALM_RECORDS;
            long paired = pairs.count() + 1;
            long deadline = System.nanoTime() + CALM_MAX.toNanos();
            while (writer.acknowledged() < written || pairs.count() < paired
                    || classic.count() < read || modern.count() < readToo) {
                assertThat(System.nanoTime()).as("clients go on after %s", what)
                        .isLessThan(deadline);
                Thread.sleep(50);
            }
            LOG.info("{}: the longest time without an append {} ms, without a record of a classic"
                    + " group {} ms, of a modern one {} ms", what,
                    writer.longestPause().toMillis(), classic.longestPause().toMillis(),
                    modern.longestPause().toMillis());
        }
    }
}
