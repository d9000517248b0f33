package io.cordwood.indexer;

import io.cordwood.indexer.IndexerStatistics.Collections;
import io.cordwood.indexer.collect.CheckpointCollector;
import io.cordwood.indexer.collect.EntryCollector;
import io.cordwood.indexer.collect.OrphanCollector;
import io.cordwood.indexer.collect.SegmentCollector;
import io.cordwood.indexer.merge.MergeJob;
import io.cordwood.indexer.merge.MergePlanner;
import io.cordwood.indexer.merge.Merger;
import io.cordwood.indexer.retention.RetentionPlanner;
import io.cordwood.indexer.retention.RetentionRules;
import io.cordwood.manifest.commit.Committer;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Checkpoints;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Run;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.Workers;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the manifest again and again, and does what there is to do, one job at a time. Whatever
 * fails is found again at the next look. Confined to a loop.
 */
public final class Indexer {

    private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);

    private static final long NEVER = -1;

    private final Parts parts;
    private final IndexerSettings settings;
    private final Merger merger;
    private final SegmentCollector segments;
    private final EntryCollector entries;
    private final CheckpointCollector checkpoints;
    private final OrphanCollector orphans;
    private final Set<Run> damaged = new HashSet<>();
    private long flushedSinceNanos;
    private long expiredNanos;
    private long idleSequence = NEVER;
    private volatile boolean stopped;
    private volatile IndexerStatistics statistics = IndexerStatistics.NONE;

    /** An indexer that has not started. */
    public Indexer(Parts parts, IndexerSettings settings) {
        this.parts = parts;
        this.settings = settings;
        this.merger = new Merger(parts.store(), parts.committer(), parts.loop(), parts.workers(),
                parts.ids());
        this.segments = new SegmentCollector(parts.store(), parts.committer(), parts.loop(),
                settings.collect().grace());
        Checkpoints written = new Checkpoints(parts.store(), parts.workers());
        this.entries = new EntryCollector(parts.store(), written, parts.follower(), parts.loop(),
                settings.collect().manifestPause());
        this.checkpoints = new CheckpointCollector(written, parts.loop(),
                settings.collect().manifestPause());
        this.orphans = new OrphanCollector(new OrphanCollector.Parts(parts.follower(),
                parts.committer(), parts.loop(), parts.store(), parts.inHand()),
                settings.collect());
    }

    /** Works from now on, until this process is the committer no more. Called on the loop. */
    public void start() {
        flushedSinceNanos = parts.loop().nanoTime();
        expiredNanos = flushedSinceNanos;
        parts.loop().schedule(settings.pause(), this::look);
    }

    /** Begins nothing any more; what it has begun costs only work. Any thread may call. */
    public void stop() {
        stopped = true;
    }

    /** What it has done. Any thread may call. */
    public IndexerStatistics statistics() {
        return statistics;
    }

    private void look() {
        if (isOver()) {
            return;
        }
        step(this::expire).compose(done -> step(this::merge)).compose(done -> collect())
                .onComplete(done -> parts.loop().schedule(settings.pause(), this::look));
    }

    /** One kind of work: where it fails, the others go on. */
    private Future<Void> step(Supplier<Future<Void>> work) {
        return Future.succeededFuture()
                .compose(begun -> isOver() ? Future.succeededFuture() : work.get())
                .onFailure(this::report).otherwiseEmpty();
    }

    /** Comes after the merge, which has no segment in hand then that may still be committed. */
    private Future<Void> collect() {
        return step(() -> count(segments.collect(state()), Collections::ofSegments))
                .compose(done -> step(() -> count(entries.collect(), Collections::ofEntries)))
                .compose(done -> step(
                        () -> count(checkpoints.collect(), Collections::ofCheckpoints)))
                .compose(done -> step(() -> count(orphans.collect(), Collections::ofOrphans)));
    }

    private Future<Void> count(Future<Integer> gone, Function<Integer, Collections> kind) {
        return gone.onSuccess(count -> statistics = statistics.with(kind.apply(count)))
                .mapEmpty();
    }

    private boolean isOver() {
        return stopped || parts.committer().deposed().isComplete();
    }

    private ManifestState state() {
        return parts.follower().state();
    }

    private void report(Throwable failure) {
        Invariant.rethrow(failure);
        statistics = statistics.withFailure();
        if (!isOver()) {
            LOG.warn("The indexer will try again: {}", failure.toString());
        }
    }

    /** Too old or too many: looked for now and then. */
    private Future<Void> expire() {
        long now = parts.loop().nanoTime();
        if (now - expiredNanos < settings.expiryPause().toNanos()) {
            return Future.succeededFuture();
        }
        expiredNanos = now;
        ManifestState state = state();
        long nowMillis = parts.loop().now().toEpochMilli();
        RetentionPlanner planner = new RetentionPlanner(parts.rules());
        return parts.loop().confine(parts.workers().call(() -> planner.plan(state, nowMillis)))
                .compose(deletions -> Future.join(
                        deletions.stream().map(parts.committer()::commit).toList()))
                .onSuccess(done -> statistics = statistics.withExpired(done.size()))
                .mapEmpty();
    }

    private Future<Void> merge() {
        ManifestState state = state();
        boolean due = isFlushDue(state);
        if (state.sequence() == idleSequence && !due) {
            return Future.succeededFuture();
        }
        MergePlanner planner = new MergePlanner(settings.merge(), parts.rules(), damaged);
        return parts.loop().confine(parts.workers().call(() -> planner.plan(state, due)))
                .compose(jobs -> {
                    idleSequence = jobs.isEmpty() ? state.sequence() : NEVER;
                    statistics = statistics
                            .withOwed(jobs.stream().mapToLong(MergeJob::length).sum());
                    return run(jobs, 0);
                });
    }

    /** Whether what was flushed waits for so long that it is merged even if it is not much. */
    private boolean isFlushDue(ManifestState state) {
        long now = parts.loop().nanoTime();
        int flushed = state.references().unmerged();
        boolean due = now - flushedSinceNanos >= settings.flushedAgeMax().toNanos();
        if (due || flushed == 0 || flushed >= settings.merge().segmentsMin()) {
            flushedSinceNanos = now;
        }
        return due;
    }

    private Future<Void> run(List<MergeJob> jobs, int next) {
        if (next == jobs.size() || isOver()) {
            return Future.succeededFuture();
        }
        return merger.run(jobs.get(next)).compose(merged -> {
            damaged.addAll(merged.damaged());
            merged.damaged().forEach(run -> LOG.error("The run at offset {} in {} is missing or "
                    + "damaged: it stays as it is", run.baseOffset(), run.segment().key()));
            statistics = statistics.withMerge(merged.runs(), merged.bytes())
                    .withDamaged(damaged.size())
                    .withOwed(statistics.owedBytes() - jobs.get(next).length());
            return run(jobs, next + 1);
        });
    }

    /**
     * What an indexer works with.
     *
     * @param store for what it reads and writes
     * @param workers for what takes time: plans look at every partition, merges at every batch
     * @param rules how long topics are kept
     * @param inHand whether others in this process may still commit a segment: true from before its
     *        upload begins until its commit is applied, or will never be
     */
    public record Parts(Follower follower, Committer committer, EventLoop loop, ObjectStore store,
            Workers workers, Supplier<UUID> ids, RetentionRules rules,
            Predicate<UUID> inHand) {}
}
