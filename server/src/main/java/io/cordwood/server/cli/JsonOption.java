package io.cordwood.server.cli;

import picocli.CommandLine.Option;

/** Whether a command is to answer a machine. */
final class JsonOption {

    @Option(names = "--json", order = 80, description = "Write JSON.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }
}
