package io.cordwood.indexer.collect;

import java.time.Duration;

/**
 * How long what nobody needs stays in the bucket, and how often it is looked for. All times are by
 * the process's own clock: one that restarts begins to count anew.
 *
 * @param grace how long a segment stays after its last run has left it: longer than a reader takes
 *        to carry out a plan
 * @param manifestPause between two looks for manifest entries and checkpoints that nobody needs
 * @param orphanPause between two pages of segments that are looked at for orphans
 * @param orphanGrace how long an upload may take: a commit that comes later is refused, and an
 *        object that the manifest does not know by then is deleted
 */
public record CollectSettings(Duration grace, Duration manifestPause, Duration orphanPause,
        Duration orphanGrace) {

    /** What an idle cluster pays for: a few listings an hour. */
    public static final CollectSettings STANDARD = new CollectSettings(Duration.ofMinutes(10),
            Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofHours(1));
}
