package io.cordwood.manifest.log;

import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** The keys of what there are only a few of. */
final class Keys {

    private Keys() {}

    /** All keys of a prefix, ascending. */
    static Future<List<ObjectKey>> of(ObjectStore store, String prefix) {
        return collect(store, Listing.of(prefix), new ArrayList<>());
    }

    private static Future<List<ObjectKey>> collect(ObjectStore store, Listing listing,
            List<ObjectKey> found) {
        return store.list(listing).compose(page -> {
            page.objects().stream().map(ObjectPage.Entry::key).forEach(found::add);
            return page.last()
                    ? Future.succeededFuture(found)
                    : collect(store, listing.after(found.getLast()), found);
        });
    }

    /** Deletes the objects, one after the other. */
    static Future<Void> delete(ObjectStore store, List<ObjectKey> keys) {
        Future<Void> deleted = Future.succeededFuture();
        for (ObjectKey key : keys) {
            deleted = deleted.compose(before -> store.delete(key));
        }
        return deleted;
    }
}
