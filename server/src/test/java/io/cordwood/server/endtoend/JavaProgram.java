package io.cordwood.server.endtoend;

import io.cordwood.server.Main;
import io.cordwood.store.object.s3server.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program in a process of its own, on this test's class path, with the credentials of the tests'
 * S3 server in its environment.
 */
public final class JavaProgram {

    private JavaProgram() {}

    /** Starts {@code cordwood}, its error stream going to a file. */
    static Process start(List<String> jvmOptions, List<String> arguments, Path errors) {
        return start(Main.class, jvmOptions, arguments, errors);
    }

    /** Starts a class that has a main method, its error stream going to a file. */
    public static Process start(Class<?> program, List<String> jvmOptions, List<String> arguments,
            Path errors) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", ClassPathJars.PATH, program.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        builder.environment().putAll(Map.of("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY.id(),
                "AWS_SECRET_ACCESS_KEY", S3Server.ACCESS_KEY.secret(), "AWS_REGION", "us-east-1"));
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
