package io.cordwood.indexer.merge;

import io.cordwood.manifest.state.Run;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Carries out merges: reads the sources, writes the segment as it comes, and has it take their
 * place. A crash at any step leaves an object that nobody needs, and nothing else. Confined to a
 * loop.
 */
public final class Merger {

    private final Tools tools;
    private final MergeSettings settings;
    private final SourceReader reader;

    public Merger(Tools tools, MergeSettings settings) {
        this.tools = tools;
        this.settings = settings;
        this.reader = new SourceReader(tools.store(), tools.loop());
    }

    /**
     * Carries out a job. However long it is, two windows of it are in memory meanwhile, at most.
     * Where a source is missing or damaged, it begins anew without what that was to be part of.
     *
     * @return what came of it; fails when the bucket cannot be asked, or another process has taken
     *         over the commit
     */
    public Future<Merged> run(MergeJob job) {
        UUID id = tools.ids().get();
        MergedSegment segment = new MergedSegment(id, job, settings.windowBytes(job));
        return tools.loop()
                .confine(tools.store().putStream(BucketLayout.segment(id),
                        () -> tools.loop().submit(() -> next(segment))))
                .compose(stored -> tools.commits().commit(segment.proposal()))
                .map(runs -> new Merged(runs, segment.length(), Set.of()))
                .recover(failure -> segment.damaged()
                        .map(damaged -> without(damaged, job))
                        .orElseGet(() -> Future.failedFuture(failure)));
    }

    /** The next piece of a segment; none when all is written. */
    private Future<Optional<Bytes>> next(MergedSegment segment) {
        List<RunSlice> window = segment.window();
        return window.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : tools.meanwhile().get().compose(done -> reader.read(window))
                        .compose(read -> tools.loop().confine(
                                tools.workers().call(() -> segment.take(window, read))))
                        .map(Optional::of);
    }

    private Future<Merged> without(Run damaged, MergeJob job) {
        List<RunMerge> others = job.without(damaged);
        Future<Merged> rest = others.isEmpty()
                ? Future.succeededFuture(new Merged(0, 0, Set.of()))
                : run(new MergeJob(others));
        return rest.map(merged -> merged.with(damaged));
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

        private Merged with(Run another) {
            Set<Run> all = new HashSet<>(damaged);
            all.add(another);
            return new Merged(runs, bytes, all);
        }
    }
}
