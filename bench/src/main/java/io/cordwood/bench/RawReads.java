package io.cordwood.bench;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads bytes of objects in ranges of 8 MiB, and does nothing with them. */
final class RawReads {

    private static final int RANGE_BYTES = 8 << 20;

    private final List<Read> reads = new ArrayList<>();

    /** Adds a part of an object. */
    void add(ObjectKey key, ByteRange part) {
        for (long at = part.position(); at < part.end(); at += RANGE_BYTES) {
            reads.add(new Read(key,
                    new ByteRange(at, (int) Math.min(RANGE_BYTES, part.end() - at))));
        }
    }

    /** The seconds that it takes with so many ranges under way at any time. */
    double seconds(ObjectStore store, int atOnce) throws Exception {
        AtomicInteger next = new AtomicInteger();
        Stopwatch watch = Stopwatch.start();
        Crew.work(atOnce, client -> {
            for (int i = next.getAndIncrement(); i < reads.size(); i = next.getAndIncrement()) {
                store.get(reads.get(i).key(), reads.get(i).range()).await();
            }
        });
        return watch.seconds();
    }

    private record Read(ObjectKey key, ByteRange range) {}
}
