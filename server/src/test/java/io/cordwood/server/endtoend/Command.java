package io.cordwood.server.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the launcher in a process of its own, talking to a server. */
final class Command {

    private final Process process;
    private final Path errors;

    private Command(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** Starts a command; what it prints must be read soon, or it stops. */
    static Command start(RunningServer server, String... arguments) throws IOException {
        Path errors = server.newCommandLog();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", server.address()));
        List<String> options = new ArrayList<>(StartArchive.OPTIONS);
        options.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        return new Command(JavaProgram.start(options, all, errors), errors);
    }

    /** Runs a command that must succeed, and returns what it printed. */
    static byte[] run(RunningServer server, String... arguments)
            throws IOException, InterruptedException {
        Command command = start(server, arguments);
        byte[] output = command.output();
        if (command.exitCode() != 0) {
            throw new AssertionError(String.join(" ", arguments) + ": "
                    + Files.readString(command.errors));
        }
        return output;
    }

    /** Everything it prints until it ends. */
    byte[] output() throws IOException {
        return process.getInputStream().readAllBytes();
    }

    /** How many lines a {@code produce --json} says were acknowledged. */
    int acknowledged() throws IOException {
        return new ObjectMapper().readTree(output()).get("acknowledged").asInt();
    }

    int exitCode() throws IOException, InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the command goes on: " + Files.readString(errors));
        }
        return process.exitValue();
    }
}
