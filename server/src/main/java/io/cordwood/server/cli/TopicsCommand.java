package io.cordwood.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cordwood.server.cli.client.LogConnection;
import io.cordwood.server.cli.client.Rpc;
import io.cordwood.server.grpc.proto.CreateTopicRequest;
import io.cordwood.server.grpc.proto.DeleteTopicRequest;
import io.cordwood.server.grpc.proto.DescribeTopicRequest;
import io.cordwood.server.grpc.proto.ListOffsetsRequest;
import io.cordwood.server.grpc.proto.ListTopicsRequest;
import io.cordwood.server.grpc.proto.PartitionOffsets;
import io.cordwood.server.grpc.proto.Topic;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verb {@code topics}: which there are, and making and removing them. */
@Command(name = "topics", header = "Lists, creates, describes and deletes topics.",
        synopsisSubcommandLabel = "COMMAND", commandListHeading = "%nCommands:%n", footer = {
                "", "Examples:",
                "  cordwood topics create orders --partitions 8",
                "  cordwood topics list",
                "  cordwood topics describe orders --json"})
final class TopicsCommand implements Runnable {

    private static final String NAME = "1 to 249 letters, digits, '.', '_' or '-'.";

    private final Shell shell;
    @Spec
    private CommandSpec spec = CommandSpec.create();

    TopicsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(),
                "Missing a command: list, create, describe or delete");
    }

    @Command(header = "Lists all topics by name.", footer = {"", "Example:",
            "  cordwood topics list --json"})
    void list(@Mixin ServerOption server, @Mixin JsonOption json)
            throws IOException {
        try (LogConnection connection = server.connect()) {
            List<Topic> topics = connection
                    .ask(Rpc.LIST_TOPICS, ListTopicsRequest.getDefaultInstance()).getTopicsList();
            if (json.wanted()) {
                TopicJson.writeAll(shell.out(), topics);
            } else {
                print(TopicTable.of(topics));
            }
        }
    }

    @Command(header = "Creates a topic.", footer = {"", "Example:",
            "  cordwood topics create orders --partitions 8", "",
            "The number of partitions stays as it is: records of one key keep their order because",
            "they go to one partition."})
    void create(@Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--partitions", paramLabel = "N", defaultValue = "1",
                    description = "1 to 10000 (${DEFAULT-VALUE}).") int partitions,
            @Mixin ServerOption server) {
        try (LogConnection connection = server.connect()) {
            connection.ask(Rpc.CREATE_TOPIC, CreateTopicRequest.newBuilder().setName(name)
                    .setPartitions(partitions).build());
            shell.err().println("created " + name + ", with " + partitions
                    + (partitions == 1 ? " partition" : " partitions"));
        }
    }

    @Command(header = "Shows the partitions of a topic and their offsets.", footer = {"",
            "Example:", "  cordwood topics describe orders"})
    void describe(@Parameters(paramLabel = "NAME", description = NAME) String name,
            @Mixin ServerOption server, @Mixin JsonOption json)
            throws IOException {
        try (LogConnection connection = server.connect()) {
            Topic topic = connection.ask(Rpc.DESCRIBE_TOPIC,
                    DescribeTopicRequest.newBuilder().setName(name).build()).getTopic();
            List<PartitionOffsets> offsets = connection.ask(Rpc.LIST_OFFSETS,
                    ListOffsetsRequest.newBuilder().setTopic(name).build()).getPartitionsList();
            if (json.wanted()) {
                TopicJson.write(shell.out(), topic, offsets);
            } else {
                print(TopicTable.of(topic, offsets));
            }
        }
    }

    @Command(header = "Deletes a topic and all its records.", footer = {"", "Example:",
            "  cordwood topics delete orders"})
    void delete(@Parameters(paramLabel = "NAME", description = NAME) String name,
            @Mixin ServerOption server) {
        try (LogConnection connection = server.connect()) {
            connection.ask(Rpc.DELETE_TOPIC, DeleteTopicRequest.newBuilder().setName(name).build());
            shell.err().println("deleted " + name);
        }
    }

    private void print(String text) throws IOException {
        shell.out().write(text.getBytes(UTF_8));
        shell.out().flush();
    }
}
