package io.cordwood.indexer.collect;

import io.cordwood.runtime.EventLoop;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Deletes objects of a page of keys, some at a time, and counts those that are gone when the page
 * is listed again: stores have said yes to a delete and kept the object. Nobody needs to remember
 * what is still there, for whoever lists the page the next time finds it.
 */
record PageDeletes(ObjectStore store, EventLoop loop) {

    private static final int AT_ONCE_MAX = 50;

    /**
     * Deletes the objects.
     *
     * @param page that the keys were listed with
     * @return how many are gone; fails when some could not be deleted
     */
    Future<Integer> delete(Listing page, List<ObjectKey> keys) {
        return keys.isEmpty()
                ? Future.succeededFuture(0)
                : deleteFrom(keys, 0).compose(done -> loop.confine(store.list(page)))
                        .map(now -> gone(keys, now));
    }

    private Future<Void> deleteFrom(List<ObjectKey> keys, int first) {
        if (first >= keys.size()) {
            return Future.succeededFuture();
        }
        int end = Math.min(first + AT_ONCE_MAX, keys.size());
        return loop.confine(Future.join(keys.subList(first, end).stream().map(store::delete)
                .toList())).compose(done -> deleteFrom(keys, end));
    }

    /** A key behind the end of the page may be there. */
    private static int gone(List<ObjectKey> keys, ObjectPage now) {
        Set<ObjectKey> there = now.objects().stream().map(ObjectPage.Entry::key)
                .collect(Collectors.toSet());
        return (int) keys.stream().filter(key -> !there.contains(key)
                && (now.last() || key.compareTo(now.objects().getLast().key()) < 0)).count();
    }
}
