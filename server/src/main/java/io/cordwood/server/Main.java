package io.cordwood.server;

import io.cordwood.server.cli.CordwoodCommand;
import io.cordwood.server.cli.Shell;
import io.cordwood.server.inspect.InspectCommand;
import java.util.List;

/** The program {@code cordwood}. */
public final class Main {

    private Main() {}

    /** Runs the command that the arguments name, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(CordwoodCommand.commandLine(Shell.ofProcess(),
                List.of(ServerCommand.commandLine(), new InspectCommand())).execute(arguments));
    }
}
