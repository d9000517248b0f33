package io.cordwood.indexer.compact;

import io.cordwood.history.batch.Packing;
import io.cordwood.history.read.HistoryMemory;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.indexer.convert.Converter;
import io.cordwood.indexer.convert.SourceBatches;
import io.cordwood.indexer.merge.RunFit;
import io.cordwood.indexer.retention.RetentionRules;
import io.cordwood.manifest.commit.Commits;
import io.cordwood.manifest.event.Compaction;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.Workers;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Compacts partitions, as Kafka's log cleaner does: looks where the last record of each key is in
 * what came since the last time, as far as there is room for keys; then goes through the partition
 * from its start, and leaves out what has a later record. The records that are left become history
 * files, a few runs at a time, each of which takes the place of its sources at once. When all is
 * done, the partition counts as compacted so far; a crash before that costs only work. Confined to
 * a loop.
 *
 * @see <a href="https://kafka.apache.org/documentation/#compaction">Kafka: log compaction</a>
 */
public final class Compactor {

    private final Parts parts;
    private final SourceBatches batches;
    private final Converter converter;
    private final CompactionSettings settings;
    private final Supplier<Future<Void>> meanwhile;

    /**
     * A compactor that makes files with a converter.
     *
     * @param meanwhile done before a run is looked at; never fails
     */
    public Compactor(Parts parts, Converter converter, CompactionSettings settings,
            Supplier<Future<Void>> meanwhile) {
        this.parts = parts;
        this.batches = new SourceBatches(parts.store(), parts.workers(), new HistoryReader(
                parts.store(), parts.workers(), Packing.NONE, HistoryMemory.NONE));
        this.converter = converter;
        this.settings = settings;
        this.meanwhile = meanwhile;
    }

    /**
     * Compacts a partition.
     *
     * @param stuck runs that are left as they are
     * @return what came of it; fails when the bucket cannot be asked, or another process has taken
     *         over the commit, or a run was changed by somebody else meanwhile
     */
    public Future<Compacted> run(CompactionTarget target, Set<Run> stuck) {
        Optional<PartitionState> partition = state().partition(target.partition());
        if (partition.isEmpty()) {
            return Future.succeededFuture(Compacted.NOTHING);
        }
        LatestOffsets latest = new LatestOffsets(settings.keysBytesMax());
        long from = scanFrom(partition.get(), target.before(), stuck);
        List<Run> runs = runs(partition.get(), from, target.toOffset());
        if (runs.isEmpty()) {
            return Future.succeededFuture(Compacted.NOTHING);
        }
        long end = runs.getLast().endOffset();
        KeyScan scan = new KeyScan(latest, partition.get().abortedBetween(from, end), from);
        return scan(scan, runs, end)
                .compose(unseenOffset -> new CompactionPass(parts, converter, target,
                        new CompactionPass.Known(latest,
                                scan.isFull() ? scan.nextOffset() : end, unseenOffset))
                        .run(stuck));
    }

    /**
     * From where on the keys are looked at. What superseded the records of a run that was left, and
     * is no more, was looked at before it could be.
     */
    private static long scanFrom(PartitionState partition, Compaction before, Set<Run> stuck) {
        int left = partition.indexOfOffset(before.leftOffset());
        boolean isStill = left < partition.runCount() && stuck.contains(partition.run(left));
        return Math.max(partition.startOffset(),
                isStill ? before.endOffset() : before.leftOffset());
    }

    private ManifestState state() {
        return parts.follower().state();
    }

    private static List<Run> runs(PartitionState partition, long from, long end) {
        return partition.runsBetween(partition.indexOfOffset(from),
                partition.indexOfOffset(end));
    }

    /**
     * Looks at the keys of runs. What cannot be read supersedes nothing.
     *
     * @param unseenOffset before which all was seen, or the end
     * @return before which all was seen when this is done
     */
    private Future<Long> scan(KeyScan scan, List<Run> runs, long unseenOffset) {
        if (runs.isEmpty() || scan.isFull()) {
            return Future.succeededFuture(unseenOffset);
        }
        Run run = runs.getFirst();
        return meanwhile.get()
                .compose(done -> parts.loop().confine(batches.take(run, scan)))
                .map(taken -> unseenOffset)
                .recover(failure -> failure instanceof CorruptException
                        || failure instanceof MissingObjectException
                                ? Future.succeededFuture(
                                        Math.min(unseenOffset, run.baseOffset()))
                                : Future.failedFuture(failure))
                .compose(unseen -> scan(scan, runs.subList(1, runs.size()), unseen));
    }

    /**
     * What a compactor works with.
     *
     * @param workers for looking at every record, which takes time
     * @param retention how long what a file holds is kept: it does not span too much
     * @param fileBytesMax how long the runs are that one file is made of
     */
    public record Parts(Follower follower, Commits commits, EventLoop loop,
            ObjectStore store, Workers workers, RetentionRules retention, long fileBytesMax) {

        /** How many runs fit into one file. */
        RunFit fit(CompactionTarget target) {
            ManifestState state = follower.state();
            return state.topic(target.partition().topic())
                    .map(topic -> new RunFit(fileBytesMax, retention.of(state, topic)))
                    .orElseThrow();
        }
    }
}
