package io.cordwood.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a verb: shows what there is. */
@Command(name = "cordwood", synopsisSubcommandLabel = "COMMAND", header = {
        "A log service whose only durable state is a bucket.",
        ""}, commandListHeading = "%nCommands:%n", optionListHeading = "%nOptions:%n",
        footer = {"",
                "Try it. In one terminal:",
                "  cordwood server",
                "and in another:",
                "  cordwood topics create hello",
                "  echo world | cordwood produce hello",
                "  cordwood replay hello",
                "",
                "'cordwood COMMAND --help' explains a command, with examples. README.md walks",
                "through all of it, ARCHITECTURE.md says how it works."})
public final class CordwoodCommand implements Runnable {

    private static final int HELP_WIDTH = 90;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private CordwoodCommand() {}

    /**
     * The whole command line.
     *
     * @param more the commands, annotated for picocli, that do not talk to a server: they come
     * before
     *        the others in the help
     */
    public static CommandLine commandLine(Shell shell, List<Object> more) {
        CommandLine line = new CommandLine(new CordwoodCommand());
        line.addMixin("help", new HelpOption());
        more.forEach(line::addSubcommand);
        for (Object verb : List.of(new TopicsCommand(shell), new ProduceCommand(shell),
                new TailCommand(shell), new ReplayCommand(shell))) {
            line.addSubcommand(withHelp(new CommandLine(verb)));
        }
        Failures failures = new Failures();
        return line.setOut(new PrintWriter(shell.out(), true, UTF_8))
                .setErr(new PrintWriter(shell.err(), true, UTF_8))
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures::misuse)
                .setExecutionExceptionHandler(failures::failure);
    }

    private static CommandLine withHelp(CommandLine command) {
        command.getSubcommands().values().forEach(CordwoodCommand::withHelp);
        return command.addMixin("help", new HelpOption());
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing a command");
    }
}
