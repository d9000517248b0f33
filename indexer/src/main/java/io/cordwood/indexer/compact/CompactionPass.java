package io.cordwood.indexer.compact;

import io.cordwood.indexer.convert.Conversion;
import io.cordwood.indexer.convert.Converted;
import io.cordwood.indexer.convert.Converter;
import io.cordwood.indexer.convert.Selection;
import io.cordwood.indexer.merge.RunMerge;
import io.cordwood.manifest.commit.CompactPartition;
import io.cordwood.manifest.event.Compaction;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.Tier;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One way through a partition, from its start to where the last records of keys are known.
 *
 * <p>A tombstone goes only when nothing of its key is left before it. So those go that a pass
 * before this one had seen to the end; and none after a run that stays as it is, which may hold
 * anything.
 */
final class CompactionPass {

    private final Compactor.Parts parts;
    private final Converter converter;
    private final CompactionTarget target;
    private final Known known;
    private final boolean tombstonesGo;
    private final List<Converted> stuck = new ArrayList<>();
    private final Set<Run> left = new HashSet<>();
    private long leftOffset;
    private long nextOffset;
    private long files;
    private long bytes;
    private long removed;

    /** A pass that has not begun. */
    CompactionPass(Compactor.Parts parts, Converter converter, CompactionTarget target,
            Known known) {
        this.parts = parts;
        this.converter = converter;
        this.target = target;
        this.known = known;
        Compaction before = target.before();
        this.tombstonesGo = before.tombstones().areOver(parts.loop().now().toEpochMilli(),
                target.rule().tombstonesKeptMillis());
        this.leftOffset = known.unseenOffset();
    }

    /** Goes through all runs, but for those that are left as they are. */
    Future<Compacted> run(Set<Run> leftAlone) {
        left.addAll(leftAlone);
        return next();
    }

    private Future<Compacted> next() {
        Optional<PartitionState> there = parts.follower().state().partition(target.partition());
        if (there.isEmpty()) {
            return Future.succeededFuture(result());
        }
        PartitionState partition = there.get();
        int index = partition.indexOfOffset(Math.max(nextOffset, partition.startOffset()));
        while (isPassed(partition, index) && left.contains(partition.run(index))) {
            leftOffset = Math.min(leftOffset, partition.run(index).baseOffset());
            index++;
        }
        return isPassed(partition, index)
                ? compact(partition, parts.fit(target).oldest(partition,
                        candidates(partition, index)))
                : finish(partition, index);
    }

    private boolean isPassed(PartitionState partition, int index) {
        if (index == partition.runCount()) {
            return false;
        }
        Run run = partition.run(index);
        return run.baseOffset() < known.endOffset() && run.tier() != Tier.WAL
                && run.endOffset() <= partition.lastStableOffset();
    }

    private List<Run> candidates(PartitionState partition, int from) {
        int end = from;
        while (isPassed(partition, end) && !left.contains(partition.run(end))) {
            end++;
        }
        return partition.runsBetween(from, end);
    }

    private Future<Compacted> compact(PartitionState partition, List<Run> runs) {
        Conversion conversion = Conversion.of(target.topic(), partition,
                new RunMerge(target.partition(), runs));
        long tombstonesEndOffset = tombstonesGo
                ? Math.min(leftOffset, target.before().tombstones().endOffset())
                : 0;
        Remainder remainder = new Remainder(known.latest(), conversion.startOffset(),
                tombstonesEndOffset,
                conversion.aborted());
        return converter.run(conversion,
                new Selection(remainder, () -> remainder.removed() > 0))
                .compose(converted -> {
                    switch (converted) {
                        case Converted.Done done -> {
                            files++;
                            bytes += done.bytes();
                            removed += remainder.removed();
                            nextOffset = runs.getLast().endOffset();
                        }
                        case Converted.Unchanged() -> nextOffset = runs.getLast().endOffset();
                        case Converted.Unconvertible it -> leave(it.run(), it);
                        case Converted.Damaged it -> leave(it.run(), it);
                    }
                    return next();
                });
    }

    private void leave(Run run, Converted why) {
        left.add(run);
        stuck.add(why);
    }

    /** Before a run everything was passed, or left. */
    private Future<Compacted> finish(PartitionState partition, int index) {
        long end = Math.min(known.endOffset(),
                index == 0 ? partition.startOffset() : partition.run(index - 1).endOffset());
        Compaction before = target.before();
        if (end <= before.endOffset()) {
            return Future.succeededFuture(result());
        }
        Compaction after = before.goOn(end, Math.min(end, leftOffset),
                parts.loop().now().toEpochMilli(), tombstonesGo);
        return parts.commits()
                .commit(new CompactPartition(target.partition(), before, after))
                .map(committed -> result());
    }

    private Compacted result() {
        return new Compacted(files, bytes, removed, stuck);
    }

    /**
     * What is known of the keys when a pass begins.
     *
     * @param latest where their last records are before an offset
     * @param endOffset that offset
     * @param unseenOffset where the first run begins that could not be looked at, though it may be
     *        readable when the pass comes to it; the end or more if there is none
     */
    record Known(LatestOffsets latest, long endOffset, long unseenOffset) {}
}
