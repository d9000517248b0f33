package io.cordwood.bench;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.PoolWorkers;
import io.cordwood.store.object.folder.FolderObjectStore;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How long the folder store takes for some bytes, in objects as large as segments are.
 *
 * @param writeSeconds for writing them
 * @param readSeconds for reading them
 */
record FolderPace(double writeSeconds, double readSeconds) {

    private static final int OBJECT_BYTES = 8 << 20;
    private static final int REQUESTS_AT_ONCE = 8;

    /** Writes and reads so many bytes. */
    static FolderPace measure(long bytes) throws IOException {
        byte[] content = new byte[OBJECT_BYTES];
        new Random(1).nextBytes(content);
        try (Scratch folder = Scratch.create();
                PoolWorkers workers = new PoolWorkers(REQUESTS_AT_ONCE)) {
            FolderObjectStore store = FolderObjectStore
                    .open(folder.path("bucket").toAbsolutePath(), workers, new Random(1)).await();
            int objects = (int) (bytes / OBJECT_BYTES);
            Stopwatch writing = Stopwatch.start();
            inTurns(objects, key -> store.put(key, Bytes.wrap(content)));
            double writeSeconds = writing.seconds();
            Stopwatch reading = Stopwatch.start();
            inTurns(objects, key -> store.get(key, new ByteRange(0, OBJECT_BYTES)));
            double exact = (double) bytes / ((long) objects * OBJECT_BYTES);
            return new FolderPace(writeSeconds * exact, reading.seconds() * exact);
        }
    }

    private static void inTurns(int objects, Request request) {
        for (int first = 0; first < objects; first += REQUESTS_AT_ONCE) {
            List<Future<?>> turn = new ArrayList<>();
            for (int i = first; i < Math.min(objects, first + REQUESTS_AT_ONCE); i++) {
                turn.add(request.of(new ObjectKey("object-" + i)));
            }
            Future.all(turn).await();
        }
    }

    /** Something that is asked of a store. */
    @FunctionalInterface
    private interface Request {

        Future<?> of(ObjectKey key);
    }
}
