package io.cordwood.server.cli;

import picocli.CommandLine.Option;

/** The option that every command has. */
final class HelpOption {

    @Option(names = {"-h",
            "--help"}, usageHelp = true, order = 100, description = "Show this help and exit.")
    private boolean asked;

    boolean asked() {
        return asked;
    }
}
