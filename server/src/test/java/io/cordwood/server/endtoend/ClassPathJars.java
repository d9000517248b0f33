package io.cordwood.server.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of this test, with a jar for each folder: of folders, the virtual machine archives
 * nothing. A jar is made anew when a class is newer.
 */
final class ClassPathJars {

    /** With colons between. */
    static final String PATH = ProgramFolder.alone(ClassPathJars::make);

    private ClassPathJars() {}

    /** Surefire hides the class path in a jar of its own. */
    private static String make() {
        String path = System.getProperty("surefire.test.class.path",
                System.getProperty("java.class.path"));
        return Arrays.stream(path.split(":")).map(Path::of).filter(Files::exists)
                .map(entry -> Files.isDirectory(entry) ? jarOf(entry) : entry)
                .map(Path::toString).collect(Collectors.joining(":"));
    }

    private static Path jarOf(Path classes) {
        Path jar = ProgramFolder.PATH
                .resolve(classes.toString().substring(1).replace('/', '-') + ".jar");
        if (jar.toFile().lastModified() < newestMillis(classes)) {
            ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "--create",
                    "--no-compress", "--file", jar.toString(), "-C", classes.toString(), ".");
        }
        return jar;
    }

    private static long newestMillis(Path classes) {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.mapToLong(file -> file.toFile().lastModified()).max().orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
