package io.cordwood.indexer;

import io.cordwood.runtime.Invariant;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing after the other until it is over, and keeps count. What fails is told, and the
 * next is done: it is found again at a later look. Confined to a loop, but for the statistics.
 */
final class Turns {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private final BooleanSupplier over;
    private volatile IndexerStatistics statistics = IndexerStatistics.NONE;

    /**
     * Turns of an indexer.
     *
     * @param over whether nothing is to be begun any more
     */
    Turns(BooleanSupplier over) {
        this.over = over;
    }

    /** What was done. Any thread may call. */
    IndexerStatistics statistics() {
        return statistics;
    }

    void note(UnaryOperator<IndexerStatistics> change) {
        statistics = change.apply(statistics);
    }

    /** Does a thing. Answers whether it was done; never fails. */
    Future<Boolean> one(Supplier<Future<Void>> work) {
        return Future.<Void>succeededFuture().compose(begun -> over.getAsBoolean()
                ? Future.succeededFuture(false)
                : work.get().map(true)).onFailure(this::report).otherwise(false);
    }

    /** Does a thing for each. Answers for how many it was done; never fails. */
    <T> Future<Integer> each(List<T> all, Function<T, Future<Void>> work) {
        return all.isEmpty() || over.getAsBoolean()
                ? Future.succeededFuture(0)
                : one(() -> work.apply(all.getFirst()))
                        .compose(done -> each(all.subList(1, all.size()), work)
                                .map(others -> others + (done ? 1 : 0)));
    }

    private void report(Throwable failure) {
        Invariant.rethrow(failure);
        note(IndexerStatistics::withFailure);
        if (!over.getAsBoolean()) {
            LOG.warn("The indexer will try again: {}", failure.toString());
        }
    }
}
