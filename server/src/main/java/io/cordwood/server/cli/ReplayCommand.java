package io.cordwood.server.cli;

import io.cordwood.server.cli.client.LogConnection;
import io.cordwood.server.grpc.proto.FetchRequest;
import io.cordwood.server.grpc.proto.FetchResponse;
import io.cordwood.server.grpc.proto.Position;
import io.cordwood.server.grpc.proto.StoredRecord;
import io.cordwood.server.grpc.proto.Until;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code replay}: reads what is there, from a place to a place. */
@Command(name = "replay", header = "Prints the records from one place to another.", description = {
        "", "Prints what is there when it begins, one partition after the other, and"
                + " ends."},
        optionListHeading = "%nOptions:%n", footer = {"", "Examples:",
                "  cordwood replay words | cksum",
                "  cordwood replay logs --partition 0 --from 5000 --to 6000",
                "  cordwood replay logs --from 2026-11-20 --to 2026-11-21 --json > day.jsonl",
                "", "The record at --to is the first that is not printed."})
final class ReplayCommand implements Callable<Integer> {

    private final Shell shell;
    @Parameters(paramLabel = "TOPIC", description = "The topic to read.")
    private String topic = "";
    @Option(names = "--from", paramLabel = "PLACE", defaultValue = "beginning",
            converter = Place.Converter.class, description = "Where to begin: "
                    + Place.FORMS + " (${DEFAULT-VALUE}).")
    private Place from = new Place.Beginning();
    @Option(names = "--to", paramLabel = "PLACE", defaultValue = "end",
            converter = Place.Converter.class,
            description = "Where to stop, written the same way (${DEFAULT-VALUE}).")
    private Place to = new Place.End();
    @Option(names = "--partition", paramLabel = "P", description = "Read this partition only.")
    private Optional<Integer> partition = Optional.empty();
    @Mixin
    private final FormatOption format = new FormatOption();
    @Mixin
    private final Progress progress = new Progress();
    @Mixin
    private final ServerOption server = new ServerOption();

    ReplayCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        RecordPrinter printer = format.printer(shell.out());
        try (LogConnection connection = server.connect()) {
            List<Span> spans = new Spans(connection, topic, partition).between(from, to);
            long total = spans.stream().mapToLong(Span::size).sum();
            try (Progress.Bar bar = progress.start(shell, topic, total)) {
                long done = 0;
                for (Span span : spans) {
                    print(connection, span, printer, bar, done);
                    done += span.size();
                }
            }
        }
        return ExitCode.OK;
    }

    private void print(LogConnection connection, Span span, RecordPrinter printer,
            Progress.Bar bar, long doneBefore) throws IOException {
        if (span.size() <= 0) {
            return;
        }
        FetchRequest request = FetchRequest.newBuilder().setTopic(topic)
                .setPartition(span.partition())
                .setStart(Position.newBuilder().setOffset(span.start()))
                .setUntil(Until.OFFSET).setEndOffset(span.end()).build();
        try (PartitionFeed feed = new PartitionFeed(connection, request)) {
            for (Optional<FetchResponse> message = feed.next(); message.isPresent(); message = feed
                    .next()) {
                for (StoredRecord record : message.get().getRecordsList()) {
                    printer.print(span.partition(), record);
                }
                printer.flush();
                bar.reach(doneBefore
                        + Math.min(message.get().getNextOffset(), span.end()) - span.start());
            }
        }
    }
}
