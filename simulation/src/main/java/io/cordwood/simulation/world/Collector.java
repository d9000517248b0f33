package io.cordwood.simulation.world;

import io.cordwood.manifest.log.Boundary;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectPage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Deletes entries as it is allowed: behind the boundary, which it moves no further than the oldest
 * checkpoint, and only when they have been behind it for the retention. It may fail to move the
 * boundary, but not to delete.
 */
public final class Collector {

    private static final int CHECKPOINTS_MAX = 100;

    private final World world;
    private final ArrayDeque<Moved> moves = new ArrayDeque<>();
    private long deleted;

    public Collector(World world) {
        this.world = world;
    }

    /** Moves the boundary, and deletes what is due. */
    public void collect() {
        List<ObjectPage.Entry> checkpoints = world.memory()
                .list(new Listing(BucketLayout.CHECKPOINT_PREFIX, "", CHECKPOINTS_MAX)).result()
                .objects();
        if (checkpoints.size() > 1) {
            move(BucketLayout.sequence(checkpoints.getFirst().key()));
        }
        while (!moves.isEmpty() && moves.getFirst().isDue(world.time().nanoTime())) {
            deleteUpTo(moves.removeFirst().sequence());
        }
    }

    private void move(long sequence) {
        if (moves.isEmpty() || moves.getLast().sequence() < sequence) {
            new Boundary(world.bucket()).moveTo(Math.max(sequence, deleted)).onSuccess(moved -> {
                moves.addLast(new Moved(sequence, world.time().nanoTime()));
                world.note("boundary " + sequence);
            });
        }
    }

    private void deleteUpTo(long sequence) {
        for (long number = deleted + 1; number <= sequence; number++) {
            if (!world.truth().holdsSegments(number)) {
                world.memory().delete(BucketLayout.logEntry(number));
                world.note("deleted entry " + number);
            }
        }
        deleted = Math.max(deleted, sequence);
    }

    private record Moved(long sequence, long atNanos) {

        boolean isDue(long nowNanos) {
            return Duration.ofNanos(nowNanos - atNanos)
                    .compareTo(ManifestLog.ENTRY_RETENTION) >= 0;
        }
    }
}
