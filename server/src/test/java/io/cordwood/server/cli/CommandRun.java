package io.cordwood.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.cordwood.server.cli.Shell.Audience;
import io.cordwood.server.grpc.EdgeServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that was run.
 *
 * @param exitCode that it ended with
 * @param output what it wrote to the standard output
 * @param errors what it wrote to the error output
 */
record CommandRun(int exitCode, ByteString output, String errors) {

    String text() {
        return output.toStringUtf8();
    }

    /** Runs a command without a server. */
    static CommandRun of(String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        return of(InputStream.nullInputStream(), output, List.of(arguments));
    }

    /** Runs a command against a server, with an input. */
    static CommandRun against(EdgeServer server, byte[] input, String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        return against(server, new ByteArrayInputStream(input), output, arguments);
    }

    static CommandRun against(EdgeServer server, String... arguments) {
        return against(server, new byte[0], arguments);
    }

    /** Runs a command against a server, with streams of the test. */
    static CommandRun against(EdgeServer server, InputStream input, OutputStream output,
            String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", "127.0.0.1:" + server.port()));
        return of(input, output, all);
    }

    private static CommandRun of(InputStream input, OutputStream output, List<String> arguments) {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        Shell shell = new Shell(input, output, new PrintStream(errors, true, UTF_8), Audience.FILE,
                System::nanoTime);
        int exitCode = CordwoodCommand.commandLine(shell, List.of())
                .execute(arguments.toArray(String[]::new));
        ByteString written = output instanceof ByteArrayOutputStream bytes
                ? ByteString.copyFrom(bytes.toByteArray())
                : ByteString.EMPTY;
        return new CommandRun(exitCode, written, errors.toString(UTF_8));
    }
}
