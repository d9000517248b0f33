package io.cordwood.server.cli;

import io.cordwood.server.cli.client.LogConnection;
import io.cordwood.server.cli.client.Rpc;
import io.cordwood.server.grpc.proto.DescribeTopicRequest;
import io.cordwood.server.grpc.proto.FetchRequest;
import io.cordwood.server.grpc.proto.FetchResponse;
import io.cordwood.server.grpc.proto.StoredRecord;
import io.cordwood.server.grpc.proto.Until;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code tail}: follows a topic. */
@Command(name = "tail", header = "Follows a topic: prints records as they come.", description = {"",
        "Prints until it is stopped. When the server goes away for a while, it goes"
                + " on where it was."},
        optionListHeading = "%nOptions:%n", footer = {"",
                "Examples:",
                "  cordwood tail logs",
                "  cordwood tail logs --from beginning --partition 0 | grep ERROR",
                "  cordwood tail logs --from 2026-11-21T10:00 --json | jq .value",
                "",
                "Records of one partition come in their order; those of several are mixed as they",
                "come. 'cordwood replay' reads what is there, and ends."})
final class TailCommand implements Callable<Integer> {

    private static final int PARTITIONS_MAX = 64;

    private final Shell shell;
    private final ReentrantLock printing = new ReentrantLock();
    @Parameters(paramLabel = "TOPIC", description = "The topic to follow.")
    private String topic = "";
    @Option(names = "--from", paramLabel = "PLACE", defaultValue = "end",
            converter = Place.Converter.class, description = "Where to begin: "
                    + Place.FORMS + " (${DEFAULT-VALUE}).")
    private Place from = new Place.End();
    @Option(names = "--partition", paramLabel = "P", description = "Follow this partition only.")
    private Optional<Integer> partition = Optional.empty();
    @Mixin
    private final FormatOption format = new FormatOption();
    @Mixin
    private final ServerOption server = new ServerOption();

    TailCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        RecordPrinter printer = format.printer(shell.out());
        try (LogConnection connection = server.connect()) {
            Crew.work(partitions(connection).stream().<Callable<Void>>map(
                    number -> () -> follow(connection, number, printer)).toList());
        }
        return ExitCode.OK;
    }

    private List<Integer> partitions(LogConnection connection) {
        if (partition.isPresent()) {
            return List.of(partition.get());
        }
        int count = connection.ask(Rpc.DESCRIBE_TOPIC,
                DescribeTopicRequest.newBuilder().setName(topic).build()).getTopic()
                .getPartitions();
        if (count > PARTITIONS_MAX) {
            throw new CommandFailure(topic + " has " + count + " partitions, of which "
                    + PARTITIONS_MAX + " can be followed at once", "name one with --partition");
        }
        return IntStream.range(0, count).boxed().toList();
    }

    private Void follow(LogConnection connection, int number, RecordPrinter printer)
            throws IOException {
        FetchRequest request = FetchRequest.newBuilder().setTopic(topic).setPartition(number)
                .setStart(from.position()).setUntil(Until.FOREVER).build();
        try (PartitionFeed feed = new PartitionFeed(connection, request)) {
            for (Optional<FetchResponse> message = feed.next(); message.isPresent(); message = feed
                    .next()) {
                print(number, message.get(), printer);
            }
        }
        return null;
    }

    private void print(int number, FetchResponse message, RecordPrinter printer)
            throws IOException {
        printing.lock();
        try {
            for (StoredRecord record : message.getRecordsList()) {
                printer.print(number, record);
            }
            printer.flush();
        } finally {
            printing.unlock();
        }
    }
}
