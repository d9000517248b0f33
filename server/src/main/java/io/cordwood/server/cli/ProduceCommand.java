package io.cordwood.server.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import io.cordwood.server.cli.ProduceRun.Target;
import io.cordwood.server.cli.client.LogConnection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verb {@code produce}: appends lines. */
@Command(name = "produce", header = "Appends lines to a topic, a record for each.", description = {
        "", "Reads the standard input, or a file, and sends each line as the value of a record,"
                + " byte for byte, without its newline. Lines that the server certainly did not"
                + " store are sent again; when it is not known what became of some, the command"
                + " stops and says which."},
        optionListHeading = "%nOptions:%n", footer = {"",
                "Examples:",
                "  cordwood produce words --file /usr/share/dict/words",
                "  tail -F app.log | cordwood produce logs --partition 0",
                "  printf 'alice\\t1\\nbob\\t2\\n' | cordwood produce sums --key-separator $'\\t'",
                "",
                "Records without a key go to one partition, batch by batch; records with a key go",
                "where its hash says, as with Kafka's own clients."})
final class ProduceCommand implements Callable<Integer> {

    private static final int LINE_BYTES_MAX = 4 << 20;
    private static final String STANDARD_INPUT = "-";

    private final Shell shell;
    @Spec
    private CommandSpec spec = CommandSpec.create();
    @Parameters(paramLabel = "TOPIC", description = "The topic to append to.")
    private String topic = "";
    @Option(names = "--file", paramLabel = "FILE", defaultValue = STANDARD_INPUT,
            description = "Read this file; - is the standard input.")
    private String file = STANDARD_INPUT;
    @Option(names = "--partition", paramLabel = "P", description = "Append to this partition.")
    private Optional<Integer> partition = Optional.empty();
    @Option(names = "--key-separator", paramLabel = "TEXT",
            description = "What comes before it in a line is the record's key.")
    private Optional<String> keySeparator = Optional.empty();
    @Option(names = "--batch", paramLabel = "N", defaultValue = "1000",
            description = "Send up to so many lines at once (${DEFAULT-VALUE}).")
    private int batchLinesMax = 1000;
    @Option(names = "--in-flight", paramLabel = "N", defaultValue = "64",
            description = "Have up to so many batches on their way (${DEFAULT-VALUE}). With 1,"
                    + " lines keep their order even when some must be sent again.")
    private int inFlightMax = 64;
    @Option(names = "--retry-for", paramLabel = "SECONDS", defaultValue = "60",
            description = "How long to wait for a server that cannot store (${DEFAULT-VALUE}).")
    private int retrySeconds = 60;
    @Mixin
    private final Progress progress = new Progress();
    @Mixin
    private final JsonOption json = new JsonOption();
    @Mixin
    private final ServerOption server = new ServerOption();

    ProduceCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        if (batchLinesMax < 1 || inFlightMax < 1
                || keySeparator.stream().anyMatch(String::isEmpty)) {
            throw new ParameterException(spec.commandLine(),
                    "--batch and --in-flight are 1 or more, and a separator is not empty");
        }
        long start = shell.nanoTime().getAsLong();
        Outcome outcome;
        try (InputStream input = input(); LogConnection connection = server.connect()) {
            outcome = produce(connection, new LineSource(input, LINE_BYTES_MAX));
        }
        report(outcome, shell.nanoTime().getAsLong() - start);
        if (outcome.failure().isPresent()) {
            throw outcome.failure().get();
        }
        return ExitCode.OK;
    }

    private Outcome produce(LogConnection connection, LineSource lines) throws IOException {
        Target target = new Target(topic, partition, inFlightMax, Duration.ofSeconds(retrySeconds));
        Batches batches = new BatchSource(lines, batchLinesMax,
                keySeparator.map(ByteString::copyFromUtf8));
        long size = file.equals(STANDARD_INPUT) ? 0 : Files.size(Path.of(file));
        try (Progress.Bar bar = progress.start(shell, topic, -1);
                ProduceRun run = new ProduceRun(connection, target, bar::reach);
                Farewell _ = Farewell.on(shell.err(), () -> "stopped: "
                        + run.acknowledged() + " lines are acknowledged")) {
            Optional<CommandFailure> failure = Optional.empty();
            try {
                run.run(() -> {
                    Optional<Batch> batch = batches.next();
                    bar.expect(lines.expected(size));
                    return batch;
                });
            } catch (CommandFailure reason) {
                failure = Optional.of(reason);
            }
            return new Outcome(run.acknowledged(), run.overtaken(), failure);
        }
    }

    private InputStream input() {
        if (file.equals(STANDARD_INPUT)) {
            return shell.in();
        }
        try {
            return Files.newInputStream(Path.of(file));
        } catch (IOException unreadable) {
            throw new CommandFailure("cannot read " + file + ": " + unreadable.getMessage(),
                    "look whether it exists and may be read");
        }
    }

    private void report(Outcome outcome, long nanos) throws IOException {
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
        if (json.wanted()) {
            try (JsonGenerator result = new JsonFactory()
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .createGenerator(shell.out())) {
                result.writeStartObject();
                result.writeStringField("topic", topic);
                result.writeNumberField("acknowledged", outcome.acknowledged());
                result.writeNumberField("overtaken", outcome.overtaken());
                result.writeNumberField("millis", millis);
                result.writeEndObject();
                result.writeRaw('\n');
            }
        } else {
            shell.err().printf(Locale.ROOT, "%,d lines appended to %s in %.1f s, %,d a second%n",
                    outcome.acknowledged(), topic, millis / 1000.0,
                    outcome.acknowledged() * 1000 / millis);
        }
        if (outcome.overtaken() > 0) {
            shell.err().printf(Locale.ROOT, "%,d lines were stored after lines that follow them,"
                    + " because they had to be sent again: with --in-flight 1 that never happens%n",
                    outcome.overtaken());
        }
    }

    private record Outcome(long acknowledged, long overtaken, Optional<CommandFailure> failure) {}
}
