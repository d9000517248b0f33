package io.cordwood.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.server.endtoend.KafkaClients;
import io.cordwood.server.endtoend.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Kafka Streams with its guarantee of exactly once: every word is counted, and counted once. */
@Execution(ExecutionMode.CONCURRENT)
class StreamsTest {

    private static final String APPLICATION = "counting";

    @TempDir
    Path folder;

    /**
     * Streams that is killed is in its group of consumers still: the next one waits until it is
     * given up, 45 s by default.
     */
    @Test
    void theCountsAreExactThoughApplicationAndServerAreKilled()
            throws InterruptedException, IOException {
        try (RunningServer server = server();
                Counting counting = counting(server, "classic", "session.timeout.ms=10000")) {
            counting.send(1_000);
            try (Program first = counting.start()) {
                counting.awaitCounts(first, 1);
                first.kill();
            }
            goOnThoughTheServerIsKilled(server, counting);
        }
    }

    @Test
    void theCountsOfAGroupOfStreamsAreExactThoughTheServerIsKilled()
            throws InterruptedException, IOException {
        try (RunningServer server = server();
                Counting counting = counting(server, "streams")) {
            counting.send(1_000);
            try (Program first = counting.start()) {
                counting.awaitCounts(first, 1);
                first.stop();
            }
            goOnThoughTheServerIsKilled(server, counting);
        }
    }

    private void goOnThoughTheServerIsKilled(RunningServer server, Counting counting)
            throws InterruptedException, IOException {
        counting.send(1_000);
        try (Program application = counting.start()) {
            counting.awaitCounts(application, 1_001);
            counting.send(500);
            server.kill();
            try (RunningServer next = server("--kafka", server.kafka());
                    Admin admin = new KafkaClients(next).admin()) {
                counting.send(500);
                counting.awaitAllCounts(application);
                assertItHasItsTopics(new Topics(admin), counting, application);
                counting.awaitAllCounts(application);
                application.stop();

                assertThat(counting.counted(application)).isEqualTo(counting.expected());
            }
        }
    }

    /** They have the settings that it asked for, and what it has read again is deleted. */
    private static void assertItHasItsTopics(Topics topics, Counting counting,
            Program application) throws InterruptedException, IOException {
        assertThat(topics.settings(CountingApplication.changes(APPLICATION)))
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("message.timestamp.type", "CreateTime");
        String repartitioned = CountingApplication.repartitioned(APPLICATION);
        assertThat(topics.settings(repartitioned))
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "-1")
                .containsEntry("segment.bytes", "52428800");
        Await.until(() -> {
            counting.send(3);
            return topics.deleted(repartitioned) > 2_000;
        }, application::log);
    }

    private Counting counting(RunningServer server, String protocol, String... settings)
            throws InterruptedException {
        List<String> all = new ArrayList<>(List.of("application.id=" + APPLICATION,
                "group.protocol=" + protocol, "repartition.purge.interval.ms=1000"));
        all.addAll(List.of(settings));
        return new Counting(server, folder, all);
    }

    private RunningServer server(String... more) {
        return RunningServer.start("file:" + folder.resolve("bucket"), folder.resolve("local"),
                more);
    }
}
