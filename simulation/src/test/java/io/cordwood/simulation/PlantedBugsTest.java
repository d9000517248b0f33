package io.cordwood.simulation;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation bites: whoever makes one of these mistakes is told by a seed. */
class PlantedBugsTest {

    @TempDir
    Path compiled;

    static List<PlantedBug> bugs() {
        return PlantedBugs.all();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aPlantedBugIsFound(PlantedBug bug) throws ReflectiveOperationException {
        LongFunction<Optional<String>> seeds = runner(new PlantedCode(bug, compiled));

        for (long seed = bug.seedFirst(); seed < bug.seedFirst() + bug.seedsMax(); seed++) {
            Optional<String> failure = seeds.apply(seed);
            if (failure.isPresent()) {
                System.out.println(bug + ": found by seed " + seed + ": " + verdict(failure.get()));
                return;
            }
        }
        throw new AssertionError(bug + " was not found by " + bug.seedsMax() + " seeds from "
                + bug.seedFirst() + " on");
    }

    /** The line before the last: the last says how to replay it. */
    private static String verdict(String failure) {
        List<String> lines = failure.lines().toList();
        return lines.get(lines.size() - 2);
    }

    @SuppressWarnings("unchecked")
    private static LongFunction<Optional<String>> runner(ClassLoader code)
            throws ReflectiveOperationException {
        return (LongFunction<Optional<String>>) code.loadClass(SeedRunner.class.getName())
                .getConstructor().newInstance();
    }
}
