package io.cordwood.cache;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What objects hold in these tests, and how it is looked at. */
final class Content {

    /** The size of a full block. */
    static final int BLOCK = Block.BYTES_MAX;

    private Content() {}

    /** Bytes that depend on the seed. */
    static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    static Bytes of(int size, long seed) {
        return Bytes.wrap(bytes(size, seed));
    }

    static ObjectKey key(String name) {
        return new ObjectKey(name);
    }

    static ByteRange range(long position, int length) {
        return new ByteRange(position, length);
    }

    /** The value of a future that is complete by now. */
    static <T> T now(Future<T> future) {
        if (future.cause() instanceof RuntimeException failure) {
            throw failure;
        }
        if (!future.succeeded()) {
            throw new AssertionError("not yet complete, or failed: " + future.cause());
        }
        return future.result();
    }

    /** The bytes of a future that is complete by now. */
    static byte[] array(Future<ByteBuffer> future) {
        ByteBuffer buffer = now(future);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** The files of a directory, by name. */
    static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
