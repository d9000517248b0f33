package io.cordwood.indexer;

import io.cordwood.indexer.compact.CompactionPlanner;
import io.cordwood.indexer.compact.CompactionTarget;
import io.cordwood.indexer.compact.Compactor;
import io.cordwood.manifest.state.ManifestState;
import io.vertx.core.Future;

/** Compacts what is worth it, a partition at a time. Confined to a loop. */
final class Compacting {

    private final Workplace here;
    private final Compactor compactor;
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
        ManifestState state = here.state();
        long nowMillis = here.parts().loop().now().toEpochMilli();
        CompactionPlanner planner = new CompactionPlanner(here.settings().compaction(),
                here.parts().rules().compaction());
        return here.parts().loop()
                .confine(here.parts().workers().call(() -> planner.plan(state, nowMillis)))
                .compose(plan -> {
                    here.turns().note(all -> all.withCompactionOwed(plan.owedBytes()));
                    return plan.next().map(this::compact).orElseGet(Future::succeededFuture);
                });
    }

    private Future<Void> compact(CompactionTarget target) {
        return compactor.run(target, here.stuck().all()).onSuccess(compacted -> {
            compacted.stuck().forEach(here::note);
            here.turns().note(all -> all.withCompacted(compacted));
            foundNoneNanos -= here.settings().historyPause().toNanos();
        }).mapEmpty();
    }
}
