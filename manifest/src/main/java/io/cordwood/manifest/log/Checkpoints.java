package io.cordwood.manifest.log;

import io.cordwood.manifest.state.CheckpointCodec;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.Workers;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The states that were written down, so that a start need not fold the whole log. */
public final class Checkpoints {

    /** How many are kept: one to start from, and one more should the newest be damaged. */
    private static final int KEPT = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private final ObjectStore store;
    private final Workers workers;

    public Checkpoints(ObjectStore store, Workers workers) {
        this.store = store;
        this.workers = workers;
    }

    /**
     * The newest state that can be read; the empty one if none was written.
     *
     * @return fails with {@link CorruptException} when none that was written can be read
     */
    public Future<ManifestState> newest() {
        return Keys.of(store, BucketLayout.CHECKPOINT_PREFIX)
                .compose(keys -> keys.isEmpty()
                        ? Future.succeededFuture(ManifestState.EMPTY)
                        : newestOf(keys.reversed()));
    }

    /** Writes the state down, then deletes those that are not needed any more. */
    public Future<Void> write(ManifestState state) {
        return workers.call(() -> CheckpointCodec.encode(state))
                .compose(bytes -> store.put(BucketLayout.checkpoint(state.sequence()), bytes))
                .compose(written -> old())
                .compose(old -> Keys.delete(store, old));
    }

    /**
     * Deletes those that are not needed any more and are still there, because a delete of theirs
     * failed, or was confirmed and not carried out.
     *
     * @return how many are gone, as the bucket shows when it is asked again
     */
    public Future<Integer> deleteOld() {
        return old().compose(old -> old.isEmpty()
                ? Future.succeededFuture(0)
                : Keys.delete(store, old)
                        .compose(deleted -> Keys.of(store, BucketLayout.CHECKPOINT_PREFIX))
                        .map(left -> goneOf(old, left)));
    }

    /**
     * The number of the last but one: whatever becomes of the newest, and of those that will be
     * newer, a process can start with this state or with one that came after it.
     *
     * @return empty when there are fewer than two
     */
    public Future<OptionalLong> lastButOne() {
        return Keys.of(store, BucketLayout.CHECKPOINT_PREFIX)
                .map(keys -> keys.stream().mapToLong(BucketLayout::sequence).toArray())
                .map(numbers -> numbers.length < KEPT
                        ? OptionalLong.empty()
                        : OptionalLong.of(numbers[numbers.length - KEPT]));
    }

    /**
     * Makes sure that a process can start with a checkpoint.
     *
     * @return fails with {@link CorruptException} when it is not there or damaged
     */
    public Future<Void> checkReadable(long sequence) {
        ObjectKey key = BucketLayout.checkpoint(sequence);
        return store.read(key, CheckpointCodec.SIZE_MAX)
                .map(found -> found.orElseThrow(
                        () -> new CorruptException("checkpoint " + sequence + " is missing")))
                .compose(bytes -> workers.call(() -> CheckpointCodec.decode(sequence, bytes)))
                .mapEmpty();
    }

    private Future<List<ObjectKey>> old() {
        return Keys.of(store, BucketLayout.CHECKPOINT_PREFIX)
                .map(keys -> keys.subList(0, Math.max(0, keys.size() - KEPT)));
    }

    private static int goneOf(List<ObjectKey> deleted, List<ObjectKey> left) {
        Set<ObjectKey> there = new HashSet<>(left);
        return (int) deleted.stream().filter(key -> !there.contains(key)).count();
    }

    private Future<ManifestState> newestOf(List<ObjectKey> newestFirst) {
        ObjectKey key = newestFirst.getFirst();
        List<ObjectKey> older = newestFirst.subList(1, newestFirst.size());
        return load(key).recover(failure -> {
            if (failure instanceof CorruptException && !older.isEmpty()) {
                LOG.error("Checkpoint {} is not usable, taking the one before: {}", key,
                        failure.getMessage());
                return newestOf(older);
            }
            return Future.failedFuture(failure);
        });
    }

    private Future<ManifestState> load(ObjectKey key) {
        return store.read(key, CheckpointCodec.SIZE_MAX).compose(found -> found.isPresent()
                ? workers.call(
                        () -> CheckpointCodec.decode(BucketLayout.sequence(key), found.get()))
                : newest());
    }
}
