package io.cordwood.simulation;

import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.server.node.Node;
import io.cordwood.simulation.world.World;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is in the bucket when all topics were deleted and all graces are over. */
record Leftovers(World world) {

    private static final Duration DELETE_MAX = Duration.ofSeconds(10);

    /** Longer than every grace, and than until the first mark is made and the last page is done. */
    private static final Duration COLLECTION_MAX = ManifestLog.ENTRY_RETENTION.plusMinutes(3);

    private static final int CHECKPOINTS = 2;

    /** Deletes everything by a node that has just started, and checks that nothing is left. */
    void check(Node node) {
        for (TopicState topic : world.truth().state().topics()) {
            node.log().deleteTopic(topic.name());
        }
        world.time().advance(DELETE_MAX);
        List<ObjectKey> needed = keys(BucketLayout.CHECKPOINT_PREFIX);
        world.time().advance(COLLECTION_MAX);
        none("segments", keys(BucketLayout.SEGMENT_PREFIX));
        none("history files", keys(BucketLayout.HISTORY_PREFIX));
        world.judge().check(keys(BucketLayout.CHECKPOINT_PREFIX).size() <= CHECKPOINTS,
                "old checkpoints go: %s are there", keys(BucketLayout.CHECKPOINT_PREFIX));
        if (needed.size() >= CHECKPOINTS) {
            entriesAreThoseAfter(needed.get(needed.size() - CHECKPOINTS));
        }
    }

    private void entriesAreThoseAfter(ObjectKey checkpoint) {
        List<ObjectKey> boundaries = keys(BucketLayout.BOUNDARY_PREFIX);
        long boundary = boundaries.isEmpty() ? 0 : BucketLayout.sequence(boundaries.getLast());
        world.judge().check(
                boundaries.size() == 1 && boundary >= BucketLayout.sequence(checkpoint),
                "the boundary follows the checkpoints: %s after %s", boundaries, checkpoint);
        none("entries behind the boundary", keys(BucketLayout.LOG_PREFIX).stream()
                .filter(entry -> BucketLayout.sequence(entry) <= boundary).toList());
    }

    private void none(String what, List<ObjectKey> left) {
        world.judge().check(left.isEmpty(), "nothing stays that nobody needs: %s %s", what, left);
    }

    private List<ObjectKey> keys(String prefix) {
        List<ObjectKey> keys = new ArrayList<>();
        ObjectPage page = world.memory().list(Listing.of(prefix)).result();
        page.objects().forEach(object -> keys.add(object.key()));
        while (!page.last()) {
            page = world.memory().list(Listing.of(prefix).after(keys.getLast())).result();
            page.objects().forEach(object -> keys.add(object.key()));
        }
        return keys;
    }
}
