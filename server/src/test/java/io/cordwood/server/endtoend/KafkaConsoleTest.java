package io.cordwood.server.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.tools.ConsoleProducer;
import org.apache.kafka.tools.consumer.ConsoleConsumer;
import org.apache.kafka.tools.consumer.group.ConsumerGroupCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's own commands on a console: lines are records, and those who read them are a group. */
class KafkaConsoleTest {

    private static final KafkaTool PRODUCER = ConsoleProducer::main;
    private static final KafkaTool CONSUMER = ConsoleConsumer::main;
    private static final KafkaTool GROUPS = ConsumerGroupCommand::main;
    private static final List<String> LINES = IntStream.range(0, 100)
            .mapToObj(i -> "line " + i).toList();

    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start("file:" + folder.resolve("bucket"), folder.resolve("local"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aGroupThatReadsLinesIsListedDescribedResetAndDeleted() {
        produce(LINES);
        assertThat(consume(100)).isEqualTo(LINES);

        assertThat(GROUPS.output(server, "--list")).contains("readers");
        assertThat(GROUPS.output(server, "--describe", "--group", "readers"))
                .containsPattern("readers +lines +0 +100 +100 +0 ");
        assertThat(GROUPS.output(server, "--describe", "--group", "readers", "--state"))
                .containsPattern("readers .* Empty +0");

        GROUPS.output(server, "--reset-offsets", "--group", "readers", "--topic", "lines",
                "--to-offset", "40", "--execute");
        assertThat(GROUPS.output(server, "--describe", "--group", "readers"))
                .containsPattern("readers +lines +0 +40 +100 +60 ");
        assertThat(consume(60)).isEqualTo(LINES.subList(40, 100));

        GROUPS.output(server, "--delete", "--group", "readers");
        assertThat(GROUPS.output(server, "--list")).doesNotContain("readers");
    }

    private static void produce(List<String> lines) {
        InputStream in = System.in;
        System.setIn(new ByteArrayInputStream(String.join("\n", lines).getBytes(UTF_8)));
        try {
            PRODUCER.output(server, "--topic", "lines");
        } finally {
            System.setIn(in);
        }
    }

    /** The lines that a member of the group reads next. */
    private static List<String> consume(int count) {
        return CONSUMER.output(server, "--topic", "lines", "--group", "readers",
                "--from-beginning", "--max-messages", Integer.toString(count)).lines()
                .filter(line -> line.startsWith("line ")).toList();
    }
}
