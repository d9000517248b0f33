package io.cordwood.indexer;

import io.cordwood.indexer.convert.Conversion;
import io.cordwood.indexer.convert.ConversionPlanner;
import io.cordwood.indexer.convert.Converter;
import io.cordwood.manifest.state.ManifestState;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Makes history of what is old enough, a little at a time: what is to be merged does not wait for
 * all of it. Confined to a loop.
 */
final class Converting {

    private final Workplace here;
    private final Converter converter;
    private final Queue<Conversion> planned = new ArrayDeque<>();
    private long foundNoneNanos;

    Converting(Workplace here, Converter converter) {
        this.here = here;
        this.converter = converter;
        this.foundNoneNanos = here.nanoTime();
    }

    /** Whether something that was found to be old enough is not yet history. */
    boolean isBusy() {
        return !planned.isEmpty();
    }

    /** Goes on for about as long as a pause between two looks, and ends what it has begun. */
    Future<Void> some() {
        long begun = here.nanoTime();
        return plan().compose(ready -> convert(begun + here.settings().pause().toNanos()));
    }

    /** Looked for now and then, and again as long as there is some. */
    private Future<Void> plan() {
        long now = here.nanoTime();
        if (isBusy() || now - foundNoneNanos < here.settings().historyPause().toNanos()) {
            return Future.succeededFuture();
        }
        Supplier<ManifestState> own = here.ownTopics();
        long nowMillis = here.parts().loop().now().toEpochMilli();
        ConversionPlanner planner = new ConversionPlanner(here.settings().merge(),
                here.parts().rules().retention(), here.parts().rules().history(),
                here.stuck().all());
        return here.parts().loop()
                .confine(here.parts().workers().call(() -> planner.plan(own.get(), nowMillis)))
                .onSuccess(conversions -> {
                    planned.addAll(conversions);
                    foundNoneNanos = conversions.isEmpty() ? now : foundNoneNanos;
                    here.turns().note(all -> all.withHistoryOwed(planned.stream()
                            .mapToLong(conversion -> conversion.merge().length()).sum()));
                }).mapEmpty();
    }

    private Future<Void> convert(long untilNanos) {
        Optional<Conversion> next = Optional.ofNullable(planned.poll());
        return next.isEmpty()
                ? Future.succeededFuture()
                : here.turns().one(() -> convert(next.get()))
                        .compose(done -> here.nanoTime() < untilNanos
                                ? convert(untilNanos)
                                : Future.succeededFuture());
    }

    /** Carries it out, unless its sources were merged meanwhile, or are gone. */
    private Future<Void> convert(Conversion conversion) {
        return conversion.merge().isPossibleIn(here.state())
                ? converter.run(conversion).onSuccess(here::note).mapEmpty()
                : Future.succeededFuture();
    }
}
