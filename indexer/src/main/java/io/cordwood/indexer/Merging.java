package io.cordwood.indexer;

import io.cordwood.indexer.merge.MergeJob;
import io.cordwood.indexer.merge.MergePlanner;
import io.cordwood.indexer.merge.Merger;
import io.cordwood.indexer.merge.Tools;
import io.cordwood.manifest.state.ManifestState;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Merges what there is to merge. What ingest has flushed comes before everything else, and in the
 * middle of whatever takes long: nothing else keeps the runs of a partition few. Confined to a
 * loop.
 */
final class Merging {

    private static final long NEVER = -1;

    private final Workplace here;
    private final Merger merger;
    private final Merger quick;
    private long unmergedSinceNanos;
    private long lookedNanos;
    private long idleSequence = NEVER;
    private long alikeIdleSequence = NEVER;
    private boolean busy;

    Merging(Workplace here) {
        this.here = here;
        Tools tools = here.tools(this::flushedMeanwhile);
        this.merger = new Merger(tools, here.settings().merge());
        this.quick = new Merger(tools.withoutPauses(), here.settings().merge());
        this.unmergedSinceNanos = here.nanoTime();
    }

    /** Whether there may be more to merge of what was merged last. */
    boolean isBusy() {
        return busy;
    }

    /** Merges all that ingest has flushed, if it is enough or has waited for long enough. */
    Future<Void> flushed() {
        lookedNanos = here.nanoTime();
        ManifestState state = here.state();
        boolean due = isDue(state);
        if (!isEnough(state, due) || (state.sequence() == idleSequence && !due)) {
            return Future.succeededFuture();
        }
        return plan(planner -> planner.flushed(state)).compose(jobs -> {
            idleSequence = jobs.isEmpty() ? state.sequence() : NEVER;
            return here.turns().each(jobs, job -> run(job, quick));
        }).compose(done -> done > 0 ? flushed() : Future.succeededFuture());
    }

    /** The same between two steps of something that takes long. Never fails. */
    Future<Void> flushedMeanwhile() {
        boolean wait = !here.parts().duties().all()
                || here.nanoTime() - lookedNanos < here.settings().pause().toNanos();
        return wait ? Future.succeededFuture() : here.turns().one(this::flushed).mapEmpty();
    }

    /** Merges in each partition, once, runs of about a length. */
    Future<Void> alike() {
        ManifestState state = here.state();
        busy = false;
        if (state.sequence() == alikeIdleSequence) {
            return Future.succeededFuture();
        }
        Supplier<ManifestState> own = here.ownTopics();
        return plan(planner -> planner.alike(own.get())).compose(jobs -> {
            alikeIdleSequence = jobs.isEmpty() ? state.sequence() : NEVER;
            return here.turns().each(jobs, job -> run(job, merger));
        }).onSuccess(done -> busy = done > 0).mapEmpty();
    }

    private Future<List<MergeJob>> plan(Function<MergePlanner, List<MergeJob>> plan) {
        MergePlanner planner = new MergePlanner(here.settings().merge(),
                here.parts().rules().retention(),
                here.stuck().all());
        return here.parts().loop().confine(here.parts().workers().call(() -> plan.apply(planner)))
                .onSuccess(jobs -> jobs.forEach(job -> owe(job.length())));
    }

    private Future<Void> run(MergeJob job, Merger merger) {
        return merger.run(job).onSuccess(merged -> {
            merged.damaged().forEach(
                    run -> here.stuck().addDamaged(run, "a merge could not read all of it"));
            here.turns().note(all -> all.withMerge(merged.runs(), merged.bytes())
                    .withStuck(here.stuck().count()));
        }).onComplete(done -> owe(-job.length())).mapEmpty();
    }

    private void owe(long bytes) {
        here.turns().note(all -> all.withOwed(all.owedBytes() + bytes));
    }

    private boolean isEnough(ManifestState state, boolean due) {
        int unmerged = state.references().unmerged();
        return unmerged >= here.settings().merge().segmentsMin() || (due && unmerged > 0);
    }

    /** Whether what was flushed waits for so long that it is merged even if it is not much. */
    private boolean isDue(ManifestState state) {
        long now = here.nanoTime();
        int unmerged = state.references().unmerged();
        boolean due = now - unmergedSinceNanos >= here.settings().flushedAgeMax().toNanos();
        if (due || unmerged == 0 || unmerged >= here.settings().merge().segmentsMin()) {
            unmergedSinceNanos = now;
        }
        return due;
    }
}
