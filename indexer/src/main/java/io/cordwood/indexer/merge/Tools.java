package io.cordwood.indexer.merge;

import io.cordwood.manifest.commit.Commits;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.Workers;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What it takes to make an object that takes the place of others.
 *
 * @param workers for looking at every batch or record, which takes time
 * @param meanwhile done between two steps of what may take long; never fails
 */
public record Tools(ObjectStore store, Commits commits, EventLoop loop, Workers workers,
        Supplier<UUID> ids, Supplier<Future<Void>> meanwhile) {

    /** The same for what does not take long. */
    public Tools withoutPauses() {
        return new Tools(store, commits, loop, workers, ids, Future::succeededFuture);
    }
}
