package io.cordwood.simulation;

import io.cordwood.simulation.PlantedBug.Edit;
import java.util.List;

/** One mistake for each promise that whoever deletes keeps to those who may still need it. */
final class PlantedCollectorBugs {

    private static final String COLLECT = "indexer/src/main/java/io/cordwood/indexer/collect/";

    private PlantedCollectorBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug("entries deleted and the boundary not moved",
                        COLLECT + "EntryCollector.java", List.of(new Edit(
                                "loop.confine(boundary.moveTo(mark.checkpoint()))",
                                "Future.<Void>succeededFuture()")),
                        20),
                new PlantedBug("an entry deleted as soon as nobody starts before it",
                        COLLECT + "Marks.java",
                        List.of(new Edit(">= ManifestLog.ENTRY_RETENTION.toNanos()", ">= 0")),
                        5, 60),
                new PlantedBug("an entry deleted that runs are in", COLLECT + "Mark.java",
                        List.of(new Edit(" && !references.isLive(entry)", "")), 20, 20));
    }
}
