package io.cordwood.server.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/** What is made once for all programs that the tests of a module start. */
final class ProgramFolder {

    static final Path PATH = Path.of("target", "programs").toAbsolutePath();

    private ProgramFolder() {}

    /** Makes something there while no other process of the tests does. */
    static <T> T alone(Callable<T> making) {
        try {
            Files.createDirectories(PATH);
            try (FileChannel file = FileChannel.open(PATH.resolve("lock"),
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = file.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("the lock is lost: " + PATH);
                }
                return making.call();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (Exception bug) {
            throw new AssertionError(bug);
        }
    }
}
