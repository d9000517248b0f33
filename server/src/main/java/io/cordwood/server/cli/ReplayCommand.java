package io.cordwood.server.cli;

import io.cordwood.server.cli.client.LogConnection;
import io.cordwood.server.cli.client.Rpc;
import io.cordwood.server.grpc.proto.DescribeTopicRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verb {@code replay}: reads what is there, from a place to a place. */
@Command(name = "replay", header = "Prints the records from one place to another.", description = {
        "", "Prints what is there when it begins, and ends. Records of one partition come in"
                + " their order; those of several are mixed as they come. When the server"
                + " goes away for a while, it goes on where it was."},
        optionListHeading = "%nOptions:%n", footer = {"", "Examples:",
                "  cordwood replay words | cksum",
                "  cordwood replay logs --partition 0 --from 5000 --to 6000",
                "  cordwood replay logs --from 2026-11-20 --to 2026-11-21 --json > day.jsonl",
                "  cordwood replay logs --json --state logs.state >> logs.jsonl",
                "", "The record at --to is the first that is not printed.", "",
                "With --state, the same command goes on exactly after the last record that was",
                "printed, whyever it ended, and up to the end that was found at first: all that it",
                "prints together is what one run prints. Only a process that is killed (-9) or a",
                "machine that stops may print the records of its last second once more. Each line",
                "of --json says its partition and offset."})
final class ReplayCommand implements Callable<Integer> {

    private final Shell shell;
    @Spec
    private CommandSpec spec = CommandSpec.create();
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
    @Option(names = "--parallel", paramLabel = "N", defaultValue = "4",
            description = "Read so many partitions at a time (${DEFAULT-VALUE}). With 1, they come"
                    + " one after the other.")
    private int parallel = 4;
    @Option(names = "--state", paramLabel = "FILE", description = "Keep in this file how far it"
            + " has come. If it is there already, go on from there.")
    private Optional<Path> stateFile = Optional.empty();
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
    public Integer call() throws Exception {
        if (parallel < 1) {
            throw new ParameterException(spec.commandLine(), "--parallel is 1 or more");
        }
        ReplayState state = begin();
        try (Progress.Bar bar = progress.start(shell, topic, state.done(), state.size());
                Printout printout = new Printout(shell, format.printer(shell.out()), bar,
                        stateFile(), state);
                Replay replay = new Replay(server, state, printout, parallel);
                Farewell _ = Farewell.on(shell.err(), printout::stop)) {
            replay.run();
        }
        return ExitCode.OK;
    }

    /** Where it went on to when it was run before; or the beginning. */
    private ReplayState begin() throws IOException {
        try (LogConnection connection = server.connect()) {
            String id = connection.ask(Rpc.DESCRIBE_TOPIC,
                    DescribeTopicRequest.newBuilder().setName(topic).build()).getTopic().getId();
            ReplayOrder order = new ReplayOrder(topic, id, from.text(), to.text(), partition);
            Optional<StateFile> file = stateFile();
            Optional<ReplayState> before = file.isPresent()
                    ? file.get().read()
                    : Optional.empty();
            return before.isPresent()
                    ? goOn(before.get(), order)
                    : ReplayState.of(order,
                            new Spans(connection, topic, partition).between(from, to));
        }
    }

    private ReplayState goOn(ReplayState before, ReplayOrder order) {
        if (!before.order().equals(order)) {
            throw new CommandFailure(
                    stateFile.map(Path::toString).orElse("")
                            + " is the state of another replay: of " + before.order(),
                    "ask for the same, name another file, or remove it to begin anew");
        }
        shell.err().println("cordwood: " + before.done() + " of " + before.size()
                + " records are printed already");
        return before;
    }

    private Optional<StateFile> stateFile() {
        return stateFile.map(StateFile::new);
    }
}
