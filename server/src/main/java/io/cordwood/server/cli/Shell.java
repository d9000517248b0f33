package io.cordwood.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * What a command sees of the process that it runs in.
 *
 * @param in the standard input, as bytes
 * @param out the standard output, as bytes, buffered: whoever writes flushes
 * @param err the error output, for people
 * @param people whether the error output is a terminal
 * @param nanoTime a clock that only goes forward
 */
public record Shell(InputStream in, OutputStream out, PrintStream err, Audience people,
        LongSupplier nanoTime) {

    private static final int OUT_BUFFER_BYTES = 1 << 16;

    /** That of this process. The launcher says whether there is a terminal: Java cannot tell. */
    public static Shell ofProcess() {
        return new Shell(new FileInputStream(FileDescriptor.in),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out),
                        OUT_BUFFER_BYTES),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8),
                Boolean.getBoolean("cordwood.terminal") ? Audience.TERMINAL : Audience.FILE,
                System::nanoTime);
    }

    /** Who reads the error output. */
    public enum Audience {
        TERMINAL, FILE
    }
}
