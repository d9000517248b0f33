package io.cordwood.simulation;

import io.cordwood.simulation.PlantedBug.Edit;
import java.util.List;

/** One mistake for each promise that history keeps to readers. */
final class PlantedHistoryBugs {

    private static final String CONVERTER = "indexer/src/main/java/io/cordwood/indexer/convert/"
            + "Converter.java";

    private static final String COMPACT = "indexer/src/main/java/io/cordwood/indexer/compact/";

    private PlantedHistoryBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug("a source left out of its file", CONVERTER,
                        List.of(new Edit("List<Run> runs = conversion.merge().sources();",
                                "List<Run> runs = conversion.merge().sources().stream().skip(1)"
                                        + ".toList();")),
                        20),
                new PlantedBug("a record left out that is the last of its key",
                        COMPACT + "LatestOffsets.java",
                        List.of(new Edit("+ 2] > offset + 1;", "+ 2] >= offset + 1;")), 20),
                new PlantedBug("a record left out because of one that was aborted",
                        COMPACT + "KeyScan.java",
                        List.of(new Edit(
                                "aborted.stream().anyMatch(it -> it.covers(producerId, offset))",
                                "false")),
                        11, 40),
                new PlantedBug("the end of a transaction found by its time",
                        "history/src/main/java/io/cordwood/history/read/TimeSearch.java",
                        List.of(new Edit(
                                "return !RecordAttributes.isControl(heads.attributes(row));",
                                "return heads.attributes(row) >= 0;")),
                        4, 20));
    }
}
