package io.cordwood.server.endtoend.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.server.endtoend.KafkaClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes are killed, paused and wiped while clients with all defaults write and read. Nothing that
 * was acknowledged is lost, doubled or out of order; committed offsets never go back; transactions
 * are whole.
 */
class ClusterTest {

    /** Longer than others wait for a node that is silent. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Duration CALM_MAX = Duration.ofSeconds(60);
    private static final int CALM_RECORDS = 100;

    @TempDir
    private Path folder;

    private final List<String> report = new ArrayList<>();

    @Test
    void clientsDoNotNoticeWhenNodesAreGone() throws Exception {
        try (ThreeNodes nodes = new ThreeNodes(folder)) {
            KafkaClients clients = nodes.clients();
            clients.createTopic(SteadyWriter.TOPIC, SteadyWriter.PARTITIONS);
            clients.createTopic(PairWriter.TOPIC, PairWriter.PARTITIONS);
            SteadyWriter writer = new SteadyWriter(clients);
            PairWriter pairs = new PairWriter(clients);
            try (GroupReader reader = new GroupReader(clients, Map.of())) {
                calm(writer, reader, "the start");
                for (int node = 0; node < ThreeNodes.COUNT; node++) {
                    disturb(nodes, node);
                    calm(writer, reader, "node " + node);
                }
                for (int node = 0; node < ThreeNodes.COUNT; node++) {
                    nodes.server(node).kill();
                    nodes.wipe(node);
                }
                for (int node = 0; node < ThreeNodes.COUNT; node++) {
                    nodes.start(node);
                }
                calm(writer, reader, "all at once");
                writer.close();
                pairs.close();
            } finally {
                System.out.println(String.join("\n", report));
            }
            try (KafkaConsumer<String, String> consumer = clients.consumer(
                    Map.of("isolation.level", "read_committed"));
                    Admin admin = clients.admin()) {
                writer.verify(consumer);
                pairs.verify(consumer);
                assertThat(admin.listConsumerGroupOffsets(PairWriter.GROUP)
                        .partitionsToOffsetAndMetadata().get()
                        .get(new TopicPartition(PairWriter.TOPIC, 0)).offset())
                        .isEqualTo(pairs.lastCommitted());
            }
        }
    }

    /** Each in another way. */
    private static void disturb(ThreeNodes nodes, int node) throws InterruptedException {
        switch (node) {
            case 0 -> {
                nodes.server(node).kill();
                nodes.start(node);
            }
            case 1 -> {
                nodes.server(node).pause();
                Thread.sleep(PAUSE.toMillis());
                nodes.server(node).resume();
            }
            default -> {
                nodes.server(node).kill();
                nodes.wipe(node);
                nodes.start(node);
            }
        }
    }

    /** Waits until all that clients do goes on. */
    private void calm(SteadyWriter writer, GroupReader reader, String what)
            throws InterruptedException {
        long written = writer.acknowledged() + CALM_RECORDS;
        long read = reader.count() + CALM_RECORDS;
        long deadline = System.nanoTime() + CALM_MAX.toNanos();
        while (writer.acknowledged() < written || reader.count() < read) {
            assertThat(System.nanoTime()).as("clients go on after " + what)
                    .isLessThan(deadline);
            Thread.sleep(50);
        }
        report.add("%s: the longest time without an append %d ms, without a record %d ms"
                .formatted(what, writer.longestPause().toMillis(),
                        reader.longestPause().toMillis()));
    }
}
