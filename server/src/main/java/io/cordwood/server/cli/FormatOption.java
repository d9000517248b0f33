package io.cordwood.server.cli;

import java.io.OutputStream;
import picocli.CommandLine.Option;

/** How records are written. */
final class FormatOption {

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "lines", order = 79,
            description = "lines: values byte for byte, each with a newline. json: one object for"
                    + " each record (${DEFAULT-VALUE}).")
    private Format format = Format.LINES;
    @Option(names = "--json", order = 80, description = "The same as --format json.")
    private boolean json;

    RecordPrinter printer(OutputStream out) {
        return switch (json ? Format.JSON : format) {
            case LINES -> new LinePrinter(out);
            case JSON -> new JsonPrinter(out);
        };
    }

    /** The forms that there are. */
    enum Format {
        LINES, JSON
    }
}
