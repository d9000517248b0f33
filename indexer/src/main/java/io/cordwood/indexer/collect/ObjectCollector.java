package io.cordwood.indexer.collect;

import io.cordwood.manifest.commit.CollectObjects;
import io.cordwood.manifest.commit.Commits;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.EventLoop;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Deletes the objects that were left by their last run, when nobody can be reading them any more.
 * That one is gone is believed only when the store has said so, for stores have said yes to a
 * delete and kept the object. Confined to a loop.
 */
public final class ObjectCollector {

    /** How many are deleted at a time: a fraction of what a store takes in a second. */
    private static final int OBJECTS_MAX = 100;

    private final ObjectStore store;
    private final Commits commits;
    private final EventLoop loop;
    private final Duration grace;
    private final Map<DataObject, Long> seenNanos = new LinkedHashMap<>();

    /**
     * A collector.
     *
     * @param grace how long an object stays after this process has seen that its last run has left
     *        it: longer than a reader takes to carry out a plan
     */
    public ObjectCollector(ObjectStore store, Commits commits, EventLoop loop,
            Duration grace) {
        this.store = store;
        this.commits = commits;
        this.loop = loop;
        this.grace = grace;
    }

    /**
     * Deletes some of those that are due, oldest first.
     *
     * @return how many are gone; those that are still there are found again at the next call
     */
    public Future<Integer> collect(ManifestState state) {
        List<DataObject> due = due(state);
        if (due.isEmpty()) {
            return Future.succeededFuture(0);
        }
        List<DataObject> gone = new ArrayList<>();
        return Future.join(due.stream().map(object -> delete(object, gone)).toList())
                .map(0)
                .recover(failure -> gone.isEmpty()
                        ? Future.failedFuture(failure)
                        : Future.succeededFuture(0))
                .compose(none -> gone.isEmpty()
                        ? Future.succeededFuture(none)
                        : commits.commit(new CollectObjects(gone)))
                .onSuccess(collected -> gone.forEach(seenNanos::remove));
    }

    private List<DataObject> due(ManifestState state) {
        long now = loop.nanoTime();
        state.references().garbage().forEach(object -> seenNanos.putIfAbsent(object, now));
        return seenNanos.entrySet().stream()
                .takeWhile(seen -> now - seen.getValue() >= grace.toNanos())
                .limit(OBJECTS_MAX).map(Map.Entry::getKey).toList();
    }

    private Future<Void> delete(DataObject object, List<DataObject> gone) {
        ObjectKey key = object.key();
        return loop.confine(store.delete(key).compose(said -> isThere(key)))
                .onSuccess(there -> {
                    if (!there) {
                        gone.add(object);
                    }
                })
                .mapEmpty();
    }

    /** An object that is larger than the read allows is there. */
    private Future<Boolean> isThere(ObjectKey key) {
        return store.read(key, 1).map(found -> found.isPresent())
                .recover(failure -> failure instanceof CorruptException
                        ? Future.succeededFuture(true)
                        : Future.failedFuture(failure));
    }
}
