package io.cordwood.indexer.merge;

import io.cordwood.manifest.commit.Committer;
import io.cordwood.manifest.commit.MergeRuns;
import io.cordwood.manifest.commit.Replacement;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.state.Run;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.Workers;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.segment.Segment;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Carries out merges: reads the sources, writes the segment, and has it take their place. A crash
 * at any step leaves an object that nobody needs, and nothing else. Confined to a loop.
 */
public final class Merger {

    private static final int READS_MAX = 8;

    private final ObjectStore store;
    private final Committer committer;
    private final EventLoop loop;
    private final Workers workers;
    private final Supplier<UUID> ids;

    /**
     * A merger.
     *
     * @param workers for looking at every batch, which takes time
     */
    public Merger(ObjectStore store, Committer committer, EventLoop loop, Workers workers,
            Supplier<UUID> ids) {
        this.store = store;
        this.committer = committer;
        this.loop = loop;
        this.workers = workers;
        this.ids = ids;
    }

    /**
     * Carries out a job. Twice as many bytes as it has are in memory meanwhile, at most.
     *
     * @return what came of it; fails when the bucket cannot be asked, or another process has taken
     *         over the commit
     */
    public Future<Merged> run(MergeJob job) {
        UUID id = ids.get();
        return read(SourceRead.of(job))
                .compose(bytes -> loop.confine(
                        workers.call(() -> MergedSegment.of(id, job, bytes))))
                .compose(made -> made.segment()
                        .map(segment -> store(segment, made.parts(segment))
                                .map(runs -> made.result(runs)))
                        .orElseGet(() -> Future.succeededFuture(made.result(0))));
    }

    private Future<Integer> store(Segment segment, List<Replacement> parts) {
        return loop.confine(store.put(BucketLayout.segment(segment.id()), segment.bytes()))
                .compose(stored -> committer.commit(new MergeRuns(
                        new SegmentPlace.Stored(segment.id(), segment.index()), parts)));
    }

    /** The bytes of all sources, but of those whose object is not there. */
    private Future<Map<Run, ByteBuffer>> read(List<SourceRead> reads) {
        Map<Run, ByteBuffer> bytes = new HashMap<>();
        Queue<SourceRead> waiting = new ArrayDeque<>(reads);
        List<Promise<Void>> readers = IntStream.range(0, Math.min(READS_MAX, reads.size()))
                .mapToObj(reader -> Promise.<Void>promise()).toList();
        readers.forEach(done -> readNext(waiting, bytes, done));
        return Future.join(readers.stream().map(Promise::future).toList()).map(bytes);
    }

    /** One after the other, each in a turn of the loop: there may be thousands. */
    private void readNext(Queue<SourceRead> waiting, Map<Run, ByteBuffer> bytes,
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
                read.runs().forEach(run -> bytes.put(run, read.cut(run, got.result())));
            }
            loop.execute(() -> readNext(waiting, bytes, done));
        });
    }

    /**
     * What came of a job.
     *
     * @param runs how many merged runs took the place of others
     * @param bytes how many bytes were written for that
     * @param damaged sources that are missing or damaged: what they were to be part of was left out
     */
    public record Merged(int runs, long bytes, Set<Run> damaged) {

        public Merged {
            damaged = Set.copyOf(damaged);
        }
    }
}
