package io.cordwood.history.file;

import io.cordwood.runtime.CorruptException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.format.InvalidParquetMetadataException;
import org.jspecify.annotations.Nullable;

/**
 * What reading a file can fail with when its bytes are not what was written, in one place: whoever
 * reads then hears of a {@link CorruptException} and of nothing else.
 */
public final class Damage {

    private Damage() {}

    /** What the reading gives. */
    public static <T> T told(StoredHistory stored, Reading<T> reading) {
        try {
            return reading.read();
        } catch (CorruptException | IOException | ParquetRuntimeException
                | InvalidParquetMetadataException
                | IndexOutOfBoundsException | BufferUnderflowException
                | IllegalArgumentException | ArithmeticException damaged) {
            throw new CorruptException(stored + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** Throws {@link CorruptException} unless what must be true of a file is. */
    public static void check(boolean holds, String complaint) {
        if (!holds) {
            throw found(complaint);
        }
    }

    /** What a file must have; throws {@link CorruptException} if it does not. */
    public static <T> T present(@Nullable T part, String name) {
        if (part == null) {
            throw found("no " + name);
        }
        return part;
    }

    /** The failure that says what is not as it must be. */
    public static CorruptException found(String complaint) {
        return new CorruptException(complaint);
    }

    /** Parses bytes of a file. */
    @FunctionalInterface
    public interface Reading<T> {

        T read() throws IOException;
    }
}
