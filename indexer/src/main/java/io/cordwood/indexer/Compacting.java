package io.cordwood.indexer;

import io.cordwood.indexer.compact.CompactionPlanner;
import io.cordwood.indexer.compact.CompactionTarget;
import io.cordwood.indexer.compact.Compactor;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Compacts what is worth it, a partition at a time. One of which it failed holds up no other.
 * Confined to a loop.
 */
final class Compacting {

    private final Workplace here;
    private final Compactor compactor;
    private final Set<PartitionId> failed = new HashSet<>();
    private long foundNoneNanos;

    Compacting(Workplace here, Compactor compactor) {
        this.here = here;
        this.compactor = compactor;
        this.foundNoneNanos = here.nanoTime();
    }

    /** Looked for now and then, and again as long as there is some. */
    Future<Void> one() {
        long now = here.nanoTime();
        if (now - foundNoneNanos < here.settings().historyPause().toNanos()) {
            return Future.succeededFuture();
        }
        foundNoneNanos = now;
        Supplier<ManifestState> own = here.ownTopics();
        long nowMillis = here.parts().loop().now().toEpochMilli();
        Set<PartitionId> last = Set.copyOf(failed);
        CompactionPlanner planner = new CompactionPlanner(here.settings().compaction(),
                here.parts().rules().compaction());
        return here.parts().loop()
                .confine(
                        here.parts().workers().call(() -> planner.plan(own.get(), nowMillis, last)))
                .compose(plan -> {
                    here.turns().note(all -> all.withCompactionOwed(plan.owedBytes()));
                    return plan.next().map(this::compact).orElseGet(Future::succeededFuture);
                });
    }

    /** It counts as failed until it is done. When all that are due have failed, they come anew. */
    private Future<Void> compact(CompactionTarget target) {
        if (!failed.add(target.partition())) {
            failed.retainAll(Set.of(target.partition()));
        }
        return compactor.run(target, here.stuck().all()).onSuccess(compacted -> {
            failed.remove(target.partition());
            compacted.stuck().forEach(here::note);
            here.turns().note(all -> all.withCompacted(compacted));
            foundNoneNanos -= here.settings().historyPause().toNanos();
        }).mapEmpty();
    }
}
