package io.cordwood.indexer.merge;

import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.IntStream;

/** Reads slices of runs, a few objects at a time. Confined to a loop. */
final class SourceReader {

    private static final int READS_MAX = 8;

    private final ObjectStore store;
    private final EventLoop loop;

    SourceReader(ObjectStore store, EventLoop loop) {
        this.store = store;
        this.loop = loop;
    }

    /** The bytes of all slices, but of those whose object is not there. */
    Future<Map<RunSlice, ByteBuffer>> read(List<RunSlice> slices) {
        Map<RunSlice, ByteBuffer> bytes = new HashMap<>();
        Queue<SourceRead> waiting = new ArrayDeque<>(SourceRead.of(slices));
        List<Promise<Void>> readers = IntStream.range(0, Math.min(READS_MAX, waiting.size()))
                .mapToObj(reader -> Promise.<Void>promise()).toList();
        readers.forEach(done -> readNext(waiting, bytes, done));
        return Future.join(readers.stream().map(Promise::future).toList()).map(bytes);
    }

    /** One after the other, each in a turn of the loop: there may be thousands. */
    private void readNext(Queue<SourceRead> waiting, Map<RunSlice, ByteBuffer> bytes,
            Promise<Void> done) {
        SourceRead read = waiting.poll();
        if (read == null) {
            done.complete();
            return;
        }
        loop.confine(store.get(read.key(), read.range())).onComplete(got -> {
            if (got.failed() && !(got.cause() instanceof MissingObjectException)) {
                done.fail(got.cause());
                return;
            }
            if (got.succeeded()) {
                read.slices().forEach(
                        slice -> bytes.put(slice, read.cut(slice, got.result())));
            }
            loop.execute(() -> readNext(waiting, bytes, done));
        });
    }
}
