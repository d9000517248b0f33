package io.cordwood.indexer.collect;

import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Boundary;
import io.cordwood.manifest.log.Checkpoints;
import io.cordwood.runtime.EventLoop;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Deletes the manifest entries that nobody needs: those up to the last checkpoint but one, unless
 * runs are in them, when {@link io.cordwood.manifest.log.ManifestLog#ENTRY_RETENTION} has passed
 * since this process saw that it was so. Confined to a loop.
 *
 * <p>Once in each pause the log is gone through from its start, page by page, one page a call. So
 * whatever is still there is found again: an entry whose delete failed or was not carried out, one
 * whose runs were merged away since, one that was created once more by a write that was given up
 * for lost.
 *
 * <p>Why nobody misses what is deleted:
 * <ul>
 * <li>Whoever starts has the checkpoint that the {@link Mark} names, which was read, or a newer
 * one, and needs no entry up to it. One that takes so long to start that its checkpoint was
 * overtaken since sees the boundary, which was moved before.
 * <li>Whoever follows the log has either seen its end within a quarter of the retention, and then
 * what is new to him is younger than the mark; or he reads the boundary before he believes what he
 * reads, or what he creates. A rival is refused by that, and by nothing here.
 * <li>Whoever reads records plans by a state that he has brought to the end of the log first: one
 * who starts does not serve before. A state that still knows runs in the entry is older than the
 * retention; its plan fails, and is made anew from a newer state.
 * <li>Whoever deletes and is the committer no more, without knowing it, does no harm: what a mark
 * says stays true.
 * </ul>
 */
public final class EntryCollector {

    /** How many keys are looked at a time: a fraction of what a store deletes in a second. */
    private static final int PAGE_KEYS = 400;

    private final ObjectStore store;
    private final EventLoop loop;
    private final Boundary boundary;
    private final Marks marks;
    private final Pace pace;
    private final PageDeletes deletes;
    private Optional<Pass> pass = Optional.empty();

    /** A collector of the log that the follower follows, which looks once in each pause. */
    public EntryCollector(ObjectStore store, Checkpoints checkpoints, Follower follower,
            EventLoop loop, Duration pause) {
        this.store = store;
        this.loop = loop;
        this.boundary = new Boundary(store);
        this.marks = new Marks(checkpoints, follower, loop);
        this.pace = new Pace(loop, pause);
        this.deletes = new PageDeletes(store, loop);
    }

    /**
     * Deletes what is due of a page, if it is time to look or a look is not done yet.
     *
     * @return how many are gone
     */
    public Future<Integer> collect() {
        if (pass.isPresent()) {
            return collect(pass.get());
        }
        return pace.isDue()
                ? marks.make().compose(made -> marks.due().map(this::begin)
                        .orElseGet(() -> Future.succeededFuture(0)))
                : Future.succeededFuture(0);
    }

    private Future<Integer> begin(Mark mark) {
        return loop.confine(boundary.moveTo(mark.checkpoint()))
                .compose(moved -> collect(Pass.begin(mark)));
    }

    /** A page that fails ends the pass: the next one finds what was left. */
    private Future<Integer> collect(Pass now) {
        pass = Optional.empty();
        return loop.confine(store.list(now.page()))
                .compose(page -> deletes.delete(now.page(), now.due(page))
                        .onSuccess(gone -> pass = now.after(page)));
    }

    /** A way through the log, and where it is. */
    private record Pass(Mark mark, Listing page) {

        static Pass begin(Mark mark) {
            return new Pass(mark, new Listing(BucketLayout.LOG_PREFIX, "", PAGE_KEYS));
        }

        List<ObjectKey> due(ObjectPage found) {
            return found.objects().stream().map(ObjectPage.Entry::key)
                    .filter(key -> mark.letsGo(BucketLayout.sequence(key))).toList();
        }

        /** Empty when there can be nothing more. */
        Optional<Pass> after(ObjectPage found) {
            if (found.last()) {
                return Optional.empty();
            }
            ObjectKey last = found.objects().getLast().key();
            return BucketLayout.sequence(last) >= mark.checkpoint()
                    ? Optional.empty()
                    : Optional.of(new Pass(mark, page.after(last)));
        }
    }
}
