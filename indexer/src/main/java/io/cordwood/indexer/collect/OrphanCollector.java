package io.cordwood.indexer.collect;

import io.cordwood.manifest.commit.Committer;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.runtime.EventLoop;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Deletes the segments and history files that the manifest does not know and never will: what
 * crashed and refused uploads have left, and what came back by a write that was given up for lost.
 * One page of keys is looked at in each pause, all around again and again. Confined to a loop.
 *
 * <p>Why nothing is deleted that is committed later. An object is committed by the process alone
 * that has uploaded it; a restart builds a new one, under a new id, of what is in the local WAL.
 * And a process uploads nothing before it was elected. So of what was in the bucket at a time at
 * which this process was still the committer nothing is committed by those who come after it, nor
 * by those who came before; and what this process itself may still commit, however long that takes,
 * it has in hand. That it was the committer then it knows if later it has seen the end of the log,
 * and no successor in it. The grace is not needed for that: it is for what this reasoning does not
 * know, such as people.
 *
 * <p>The same holds however long the delete itself is on its way: an id never comes again.
 */
public final class OrphanCollector {

    /** How many are remembered. Others wait until those are gone. */
    private static final int CANDIDATES_MAX = 10_000;

    private final Parts parts;
    private final CollectSettings settings;
    private final Pace pace;
    private final PageDeletes deletes;
    private final NavigableMap<ObjectKey, Long> seenNanos = new TreeMap<>();
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
        Listing page = next;
        return parts.loop().confine(parts.store().list(page)).compose(found -> {
            next = found.last()
                    ? first
                    : page.after(found.objects().getLast().key());
            note(page, found);
            return deletes.delete(page, due(page, found));
        });
    }

    /** Remembers the orphans of a page, and forgets of its stretch what is none or is gone. */
    private void note(Listing page, ObjectPage found) {
        long now = parts.loop().nanoTime();
        Set<ObjectKey> orphans = found.objects().stream().map(ObjectPage.Entry::key)
                .filter(this::isOrphan).collect(Collectors.toCollection(TreeSet::new));
        stretch(page, found).keySet().retainAll(orphans);
        orphans.stream().limit(CANDIDATES_MAX - seenNanos.size())
                .forEach(key -> seenNanos.putIfAbsent(key, now));
    }

    private List<ObjectKey> due(Listing page, ObjectPage found) {
        if (parts.committer().deposed().isComplete()) {
            return List.of();
        }
        return stretch(page, found).entrySet().stream()
                .filter(candidate -> isDue(candidate.getValue()))
                .map(Map.Entry::getKey).toList();
    }

    private boolean isOrphan(ObjectKey key) {
        Optional<DataObject> object = BucketLayout.dataObject(key);
        return object.isPresent()
                && !parts.follower().state().references().isKnown(object.get())
                && !parts.inHand().test(object.get().id());
    }

    private boolean isDue(long seen) {
        return parts.loop().nanoTime() - seen >= settings.orphanGrace().toNanos()
                && parts.follower().headKnown().nanos() - seen > 0;
    }

    /** What is remembered between the first key that the page could have and its last. */
    private NavigableMap<ObjectKey, Long> stretch(Listing page, ObjectPage found) {
        NavigableMap<ObjectKey, Long> from = page.after().isEmpty()
                ? seenNanos
                : seenNanos.tailMap(new ObjectKey(page.after()), false);
        return found.last() ? from : from.headMap(found.objects().getLast().key(), true);
    }

    /**
     * What a collector of orphans works with.
     *
     * @param committer of this process
     * @param inHand whether this process may still commit an object: true from before its upload
     *        begins until its commit is applied, or will never be
     */
    public record Parts(Follower follower, Committer committer, EventLoop loop, ObjectStore store,
            Predicate<UUID> inHand) {}
}
