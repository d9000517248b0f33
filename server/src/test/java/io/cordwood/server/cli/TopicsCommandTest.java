package io.cordwood.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.server.grpc.EdgeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TopicsCommandTest {

    private static final String ID = "00000000-0000-0000-0000-000000000007";

    private final EdgeServer server = new EdgeServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void topicsAreCreatedListedDescribedAndDeleted() {
        CommandRun created = run("topics", "create", "orders", "--partitions", "2");
        run("topics", "create", "hello");
        CommandRun.against(server, "a\nb\n".getBytes(UTF_8), "produce", "orders", "--partition",
                "1");
        CommandRun described = run("topics", "describe", "orders");
        CommandRun deleted = run("topics", "delete", "hello");
        CommandRun listed = run("topics", "list");

        assertThat(created.exitCode()).isZero();
        assertThat(created.errors()).isEqualTo("created orders, with 2 partitions\n");
        assertThat(described.text().lines().map(String::strip)).containsSequence(
                "0               0               0               0",
                "1               0               2               2");
        assertThat(deleted.exitCode()).isZero();
        assertThat(listed.text()).contains("orders").contains("2").doesNotContain("hello");
    }

    @Test
    void aMachineGetsJson() {
        run("topics", "create", "orders", "--partitions", "1");

        assertThat(run("topics", "list", "--json").text()).isEqualTo(
                "[{\"name\":\"orders\",\"id\":\"" + ID + "\",\"partitions\":1}]\n");
        assertThat(run("topics", "describe", "orders", "--json").text()).isEqualTo(
                "{\"name\":\"orders\",\"id\":\"" + ID + "\",\"partitions\":1,\"offsets\":"
                        + "[{\"partition\":0,\"start_offset\":0,\"end_offset\":0}]}\n");
    }

    @Test
    void whatCannotBeDoneSaysWhyAndWhatToDo() {
        run("topics", "create", "orders");

        CommandRun twice = run("topics", "create", "orders");
        CommandRun unknown = run("topics", "describe", "nothing");
        CommandRun illegal = run("topics", "create", "../etc");

        assertThat(twice.exitCode()).isEqualTo(1);
        assertThat(twice.errors()).startsWith("cordwood: there is a topic orders\n  ");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.errors()).contains("there is no topic nothing", "cordwood topics list");
        assertThat(illegal.exitCode()).isEqualTo(1);
        assertThat(illegal.errors()).contains("1 to 249");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.against(server, arguments);
    }
}
