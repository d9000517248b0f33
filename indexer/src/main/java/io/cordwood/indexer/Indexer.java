package io.cordwood.indexer;

import io.cordwood.indexer.IndexerStatistics.Collections;
import io.cordwood.indexer.collect.CheckpointCollector;
import io.cordwood.indexer.collect.EntryCollector;
import io.cordwood.indexer.collect.ObjectCollector;
import io.cordwood.indexer.collect.OrphanCollector;
import io.cordwood.indexer.compact.Compactor;
import io.cordwood.indexer.convert.Converter;
import io.cordwood.indexer.retention.RetentionPlanner;
import io.cordwood.manifest.commit.Commits;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Checkpoints;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.Workers;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.layout.ObjectId;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks at the manifest again and again, and does what there is to do, one job at a time: all that
 * is to be merged, then a little of everything else. Whatever fails is found again at a later look.
 * Confined to a loop.
 */
public final class Indexer {

    private static final Duration AT_ONCE = Duration.ZERO;

    private final Parts parts;
    private final IndexerSettings settings;
    private final Turns turns = new Turns(() -> isOver() || isIdle());
    private final Merging merging;
    private final Converting converting;
    private final Compacting compacting;
    private final ObjectCollector objects;
    private final EntryCollector entries;
    private final CheckpointCollector checkpoints;
    private final List<OrphanCollector> orphans;
    private long expiredNanos;
    private volatile boolean stopped;

    /** An indexer that has not started. */
    public Indexer(Parts parts, IndexerSettings settings) {
        this.parts = parts;
        this.settings = settings;
        Workplace here = new Workplace(parts, settings, new StuckRuns(), turns);
        this.merging = new Merging(here);
        Converter converter = new Converter(here.tools(merging::flushedMeanwhile),
                settings.historyLayout());
        this.converting = new Converting(here, converter);
        this.compacting = new Compacting(here, new Compactor(new Compactor.Parts(parts.follower(),
                parts.commits(), parts.loop(), parts.bucket(), parts.workers(),
                parts.rules().retention(), settings.merge().jobBytesMax()), converter,
                settings.compaction(), merging::flushedMeanwhile));
        this.objects = new ObjectCollector(parts.store(), parts.commits(), parts.loop(),
                settings.collect().grace());
        Checkpoints written = new Checkpoints(parts.store(), parts.workers());
        this.entries = new EntryCollector(parts.store(), written, parts.follower(), parts.loop(),
                settings.collect().manifestPause());
        this.checkpoints = new CheckpointCollector(written, parts.loop(),
                settings.collect().manifestPause());
        OrphanCollector.Parts forOrphans = new OrphanCollector.Parts(parts.follower(),
                parts.commits(), parts.loop(), parts.store());
        this.orphans = Stream.of(BucketLayout.SEGMENT_PREFIX, BucketLayout.HISTORY_PREFIX)
                .map(prefix -> new OrphanCollector(forOrphans, settings.collect(), prefix))
                .toList();
    }

    /** Works from now on, at what falls to this process. Called on the loop. */
    public void start() {
        expiredNanos = parts.loop().nanoTime();
        parts.loop().schedule(settings.pause(), this::look);
    }

    /** Begins nothing any more; what it has begun costs only work. Any thread may call. */
    public void stop() {
        stopped = true;
    }

    /** What it has done. Any thread may call. */
    public IndexerStatistics statistics() {
        return turns.statistics();
    }

    private void look() {
        if (isOver()) {
            return;
        }
        wholeLog(this::expire).compose(done -> wholeLog(merging::flushed))
                .compose(done -> turns.one(merging::alike))
                .compose(done -> turns.one(converting::some))
                .compose(done -> turns.one(compacting::one)).compose(done -> collect())
                .onComplete(done -> parts.loop().schedule(
                        !isIdle() && (merging.isBusy() || converting.isBusy())
                                ? AT_ONCE
                                : settings.pause(),
                        this::look));
    }

    /** Does what one process does for all. */
    private Future<Boolean> wholeLog(Supplier<Future<Void>> work) {
        return parts.duties().all() ? turns.one(work) : Future.succeededFuture(false);
    }

    private Future<Boolean> collect() {
        if (!parts.duties().all()) {
            return Future.succeededFuture(false);
        }
        return turns.one(() -> count(objects.collect(state()), Collections::ofObjects))
                .compose(done -> turns.one(() -> count(entries.collect(), Collections::ofEntries)))
                .compose(done -> turns.one(
                        () -> count(checkpoints.collect(), Collections::ofCheckpoints)))
                .compose(done -> collectOrphans(0));
    }

    private Future<Boolean> collectOrphans(int next) {
        return next == orphans.size()
                ? Future.succeededFuture(true)
                : turns.one(() -> count(orphans.get(next).collect(), Collections::ofOrphans))
                        .compose(done -> collectOrphans(next + 1));
    }

    private Future<Void> count(Future<Integer> gone, Function<Integer, Collections> kind) {
        return gone.onSuccess(count -> turns.note(all -> all.with(kind.apply(count))))
                .mapEmpty();
    }

    private boolean isOver() {
        return stopped || parts.commits().ended().isComplete();
    }

    private boolean isIdle() {
        return !parts.duties().any();
    }

    private ManifestState state() {
        return parts.follower().state();
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
        RetentionPlanner planner = new RetentionPlanner(parts.rules().retention());
        return parts.loop().confine(parts.workers().call(() -> planner.plan(state, nowMillis)))
                .compose(deletions -> Future.join(
                        deletions.stream().map(parts.commits()::commit).toList()))
                .onSuccess(done -> turns.note(all -> all.withExpired(done.size())))
                .mapEmpty();
    }

    /**
     * What an indexer works with.
     *
     * @param bucket for what it reads and writes: once, so that no cache is to remember it
     * @param store for what it deletes: the same, through a cache that forgets it then
     * @param workers for what takes time: plans look at every partition, merges at every batch
     * @param ids of objects: never the same twice, in any process (see {@link ObjectId})
     * @param rules what is to become of records
     * @param duties what falls to this process
     */
    public record Parts(Follower follower, Commits commits, EventLoop loop,
            ObjectStore bucket, ObjectStore store, Workers workers, Supplier<UUID> ids,
            IndexerRules rules, Duties duties) {}
}
