package io.cordwood.indexer;

import io.cordwood.indexer.IndexerStatistics.Collections;
import io.cordwood.indexer.collect.CheckpointCollector;
import io.cordwood.indexer.collect.EntryCollector;
import io.cordwood.indexer.collect.ObjectCollector;
import io.cordwood.indexer.collect.OrphanCollector;
import io.cordwood.indexer.compact.CompactionPlanner;
import io.cordwood.indexer.compact.CompactionTarget;
import io.cordwood.indexer.compact.Compactor;
import io.cordwood.indexer.convert.Conversion;
import io.cordwood.indexer.convert.ConversionPlanner;
import io.cordwood.indexer.convert.Converted;
import io.cordwood.indexer.convert.Converter;
import io.cordwood.indexer.merge.MergeJob;
import io.cordwood.indexer.merge.MergePlanner;
import io.cordwood.indexer.merge.Merger;
import io.cordwood.indexer.retention.RetentionPlanner;
import io.cordwood.manifest.commit.Committer;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Checkpoints;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Run;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.Workers;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
    private final Converter converter;
    private final Compactor compactor;
    private final ObjectCollector objects;
    private final EntryCollector entries;
    private final CheckpointCollector checkpoints;
    private final List<OrphanCollector> orphans;
    private final StuckRuns stuck = new StuckRuns();
    private long flushedSinceNanos;
    private long expiredNanos;
    private long convertedNanos;
    private long compactedNanos;
    private long idleSequence = NEVER;
    private volatile boolean stopped;
    private volatile IndexerStatistics statistics = IndexerStatistics.NONE;

    /** An indexer that has not started. */
    public Indexer(Parts parts, IndexerSettings settings) {
        this.parts = parts;
        this.settings = settings;
        this.merger = new Merger(parts.bucket(), parts.committer(), parts.loop(), parts.workers(),
                parts.ids());
        this.converter = new Converter(parts.bucket(), parts.committer(), parts.loop(),
                parts.workers(), parts.ids(), settings.historyLayout());
        this.compactor = new Compactor(new Compactor.Parts(parts.follower(), parts.committer(),
                parts.loop(), parts.bucket(), parts.workers(), parts.rules().retention(),
                settings.merge().jobBytesMax()), converter, settings.compaction());
        this.objects = new ObjectCollector(parts.store(), parts.committer(), parts.loop(),
                settings.collect().grace());
        Checkpoints written = new Checkpoints(parts.store(), parts.workers());
        this.entries = new EntryCollector(parts.store(), written, parts.follower(), parts.loop(),
                settings.collect().manifestPause());
        this.checkpoints = new CheckpointCollector(written, parts.loop(),
                settings.collect().manifestPause());
        OrphanCollector.Parts forOrphans = new OrphanCollector.Parts(parts.follower(),
                parts.committer(), parts.loop(), parts.store(), parts.inHand());
        this.orphans = Stream.of(BucketLayout.SEGMENT_PREFIX, BucketLayout.HISTORY_PREFIX)
                .map(prefix -> new OrphanCollector(forOrphans, settings.collect(), prefix))
                .toList();
    }

    /** Works from now on, until this process is the committer no more. Called on the loop. */
    public void start() {
        flushedSinceNanos = parts.loop().nanoTime();
        expiredNanos = flushedSinceNanos;
        convertedNanos = flushedSinceNanos;
        compactedNanos = flushedSinceNanos;
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
        step(this::expire).compose(done -> step(this::merge))
                .compose(done -> step(this::convert)).compose(done -> step(this::compact))
                .compose(done -> collect())
                .onComplete(done -> parts.loop().schedule(settings.pause(), this::look));
    }

    /** One kind of work: where it fails, the others go on. */
    private Future<Void> step(Supplier<Future<Void>> work) {
        return Future.succeededFuture()
                .compose(begun -> isOver() ? Future.succeededFuture() : work.get())
                .onFailure(this::report).otherwiseEmpty();
    }

    /** Comes after what makes objects, which has none in hand then that may still be committed. */
    private Future<Void> collect() {
        return step(() -> count(objects.collect(state()), Collections::ofObjects))
                .compose(done -> step(() -> count(entries.collect(), Collections::ofEntries)))
                .compose(done -> step(
                        () -> count(checkpoints.collect(), Collections::ofCheckpoints)))
                .compose(done -> collectOrphans(0));
    }

    private Future<Void> collectOrphans(int next) {
        return next == orphans.size()
                ? Future.succeededFuture()
                : step(() -> count(orphans.get(next).collect(), Collections::ofOrphans))
                        .compose(done -> collectOrphans(next + 1));
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
        RetentionPlanner planner = new RetentionPlanner(parts.rules().retention());
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
        MergePlanner planner = new MergePlanner(settings.merge(), parts.rules().retention(),
                stuck.damaged());
        return parts.loop().confine(parts.workers().call(() -> planner.plan(state, due)))
                .compose(jobs -> {
                    idleSequence = jobs.isEmpty() ? state.sequence() : NEVER;
                    statistics = statistics
                            .withOwed(jobs.stream().mapToLong(MergeJob::length).sum());
                    return run(jobs, 0);
                });
    }

    /** Old enough for history: looked for now and then, and again as long as there is some. */
    private Future<Void> convert() {
        long now = parts.loop().nanoTime();
        if (now - convertedNanos < settings.historyPause().toNanos()) {
            return Future.succeededFuture();
        }
        ManifestState state = state();
        long nowMillis = parts.loop().now().toEpochMilli();
        ConversionPlanner planner = new ConversionPlanner(settings.merge(),
                parts.rules().retention(), parts.rules().history(), stuck.all());
        return parts.loop().confine(parts.workers().call(() -> planner.plan(state, nowMillis)))
                .compose(conversions -> {
                    convertedNanos = conversions.isEmpty() ? now : convertedNanos;
                    statistics = statistics.withHistoryOwed(conversions.stream()
                            .mapToLong(conversion -> conversion.merge().length()).sum());
                    return convert(conversions, 0);
                });
    }

    private Future<Void> convert(List<Conversion> conversions, int next) {
        if (next == conversions.size() || isOver()) {
            return Future.succeededFuture();
        }
        return converter.run(conversions.get(next)).compose(converted -> {
            note(converted);
            statistics = statistics.withStuck(stuck.count());
            return convert(conversions, next + 1);
        });
    }

    /** Worth being compacted: looked for now and then, and again as long as there is some. */
    private Future<Void> compact() {
        long now = parts.loop().nanoTime();
        if (now - compactedNanos < settings.historyPause().toNanos()) {
            return Future.succeededFuture();
        }
        compactedNanos = now;
        ManifestState state = state();
        long nowMillis = parts.loop().now().toEpochMilli();
        CompactionPlanner planner = new CompactionPlanner(settings.compaction(),
                parts.rules().compaction());
        return parts.loop().confine(parts.workers().call(() -> planner.plan(state, nowMillis)))
                .compose(plan -> {
                    statistics = statistics.withCompactionOwed(plan.owedBytes());
                    return plan.next().map(this::compact).orElseGet(Future::succeededFuture);
                });
    }

    private Future<Void> compact(CompactionTarget target) {
        return compactor.run(target, stuck.all()).map(compacted -> {
            compacted.stuck().forEach(this::note);
            statistics = statistics.withCompacted(compacted).withStuck(stuck.count());
            compactedNanos -= settings.historyPause().toNanos();
            return null;
        });
    }

    private void note(Converted converted) {
        switch (converted) {
            case Converted.Done done -> statistics = statistics.withHistory(done.bytes(),
                    done.records());
            case Converted.Unchanged() -> {
            }
            case Converted.Unconvertible(Run run, String reason) -> stuck
                    .addUnconvertible(run, reason);
            case Converted.Damaged(Run run, String reason) -> stuck.addDamaged(run, reason);
        }
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
            merged.damaged().forEach(
                    run -> stuck.addDamaged(run, "a merge could not read all of it"));
            statistics = statistics.withMerge(merged.runs(), merged.bytes())
                    .withStuck(stuck.count())
                    .withOwed(statistics.owedBytes() - jobs.get(next).length());
            return run(jobs, next + 1);
        });
    }

    /**
     * What an indexer works with.
     *
     * @param bucket for what it reads and writes: once, so that no cache is to remember it
     * @param store for what it deletes: the same, through a cache that forgets it then
     * @param workers for what takes time: plans look at every partition, merges at every batch
     * @param rules what is to become of records
     * @param inHand whether others in this process may still commit an object: true from before its
     *        upload begins until its commit is applied, or will never be
     */
    public record Parts(Follower follower, Committer committer, EventLoop loop,
            ObjectStore bucket, ObjectStore store, Workers workers, Supplier<UUID> ids,
            IndexerRules rules, Predicate<UUID> inHand) {}
}
