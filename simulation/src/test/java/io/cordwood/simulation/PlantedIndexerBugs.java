package io.cordwood.simulation;

import io.cordwood.simulation.PlantedBug.Edit;
import java.util.List;

/** One mistake for each promise that what is done behind the data path keeps to readers. */
final class PlantedIndexerBugs {

    private static final String MERGE = "indexer/src/main/java/io/cordwood/indexer/merge/";

    private PlantedIndexerBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug("a segment collected that runs are in",
                        "manifest/src/main/java/io/cordwood/manifest/state/References.java",
                        List.of(new Edit("if (left > 0) {", "if (left > 1) {")), 20),
                new PlantedBug("sources merged in another order than theirs",
                        MERGE + "MergeJob.java", List.of(new Edit(
                                "List<Run> runs = merge.sources();",
                                "List<Run> runs = merge.sources().reversed();")),
                        20),
                new PlantedBug("the latest time lost by a merge", MERGE + "RunMerge.java",
                        List.of(new Edit("(Run::maxTimestampMillis).max()",
                                "(Run::maxTimestampMillis).min()")),
                        20));
    }
}
