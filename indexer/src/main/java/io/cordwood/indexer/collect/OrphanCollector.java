package io.cordwood.indexer.collect;

import io.cordwood.manifest.commit.Commits;
import io.cordwood.manifest.commit.ExpireUploads;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.state.References;
import io.cordwood.runtime.EventLoop;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.layout.ObjectId;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Deletes the segments and history files that the manifest does not know and never will: what
 * crashed and refused uploads have left, and what came back by a write that was given up for lost.
 * One page of keys is looked at in each pause, all around again and again. Confined to a loop.
 *
 * <p>Why nothing is deleted that is committed later. The id of an object tells which entry its
 * maker knew. An entry says that what is older than some entry joins no more (
 * {@link ExpireUploads}): from then on a commit of it is refused, by whomever and whenever it is
 * proposed. So what is older than that, and is unknown in a state that has that entry, is nobody's
 * for ever, however long the delete itself is on its way. No clock and no process is trusted for
 * that. The clock says only how far back the entry lies, so that no upload is given up that is
 * still under way.
 */
public final class OrphanCollector {

    private final Parts parts;
    private final CollectSettings settings;
    private final Pace pace;
    private final PageDeletes deletes;
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private final Listing first;
    private Listing next;

    /**
     * A collector that begins with the first key.
     *
     * @param prefix of the keys that it looks at
     */
    public OrphanCollector(Parts parts, CollectSettings settings, String prefix) {
        this.first = Listing.of(prefix);
        this.next = first;
        this.parts = parts;
        this.settings = settings;
        this.pace = new Pace(parts.loop(), settings.orphanPause());
        this.deletes = new PageDeletes(parts.store(), parts.loop());
    }

    /**
     * Looks at the next page, if it is time to, and deletes what is due of it.
     *
     * @return how many are gone; those that are still there are found again the next time around
     */
    public Future<Integer> collect() {
        if (!pace.isDue()) {
            return Future.succeededFuture(0);
        }
        mark();
        Listing page = next;
        return parts.loop().confine(parts.store().list(page)).compose(found -> {
            next = found.last()
                    ? first
                    : page.after(found.objects().getLast().key());
            List<DataObject> unknown = unknown(found);
            return expire(unknown).compose(done -> deletes.delete(page, unknown.stream()
                    .filter(object -> isOrphan(object)).map(DataObject::key).toList()));
        });
    }

    /** The first mark that is left is of the grace ago, once there is one so old. */
    private void mark() {
        long now = parts.loop().nanoTime();
        marks.addLast(new Mark(now, parts.follower().state().sequence()));
        long oldNanos = now - settings.orphanGrace().toNanos();
        while (marks.size() > 1 && marks.stream().skip(1).findFirst()
                .filter(mark -> mark.nanos() - oldNanos <= 0).isPresent()) {
            marks.removeFirst();
        }
    }

    private List<DataObject> unknown(ObjectPage found) {
        References known = references();
        return found.objects().stream().flatMap(
                object -> BucketLayout.dataObject(object.key()).stream())
                .filter(object -> !known.isKnown(object)).toList();
    }

    private boolean isOrphan(DataObject object) {
        return !references().isKnown(object) && !references().mayJoin(object.id());
    }

    /**
     * Has older objects join no more where some of these are; and where one is as young as the log,
     * has an entry follow, from which on the objects are younger.
     */
    private Future<Void> expire(List<DataObject> unknown) {
        long before = references().uploadsExpiredBefore();
        long oldSequence = oldSequence(before);
        if (anyIs(unknown, sequence -> sequence >= before && sequence < oldSequence)) {
            return commit(oldSequence);
        }
        long end = parts.follower().state().sequence();
        return anyIs(unknown, sequence -> sequence >= end)
                ? commit(before).onSuccess(done -> mark())
                : Future.succeededFuture();
    }

    /** What was made before is older than the grace; or is given up already. */
    private long oldSequence(long before) {
        Mark oldest = marks.getFirst();
        boolean isOld = parts.loop().nanoTime() - oldest.nanos() >= settings.orphanGrace()
                .toNanos();
        return isOld ? Math.max(before, oldest.sequence()) : before;
    }

    private static boolean anyIs(List<DataObject> objects, LongPredicate such) {
        return objects.stream().mapToLong(object -> ObjectId.sequence(object.id()))
                .anyMatch(such);
    }

    private Future<Void> commit(long beforeSequence) {
        return parts.commits().commit(new ExpireUploads(beforeSequence)).mapEmpty();
    }

    private References references() {
        return parts.follower().state().references();
    }

    /** How far the log was at a time. */
    private record Mark(long nanos, long sequence) {}

    /** What a collector of orphans works with. */
    public record Parts(Follower follower, Commits commits, EventLoop loop,
            ObjectStore store) {}
}
