package io.cordwood.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulation bites: whoever makes one of these mistakes is told by a seed. Each takes a while,
 * so a build looks for some of them; {@code -Dbugs=all} looks for all, and {@code -Dbugs=WORDS}
 * for those with the words in their names.
 */
class PlantedBugsTest {

    private static final Set<String> OF_EACH_BUILD = Set.of(
            "acknowledged before it is committed", "acknowledged before what it follows",
            "behind an entry that lost, and forgotten", "committed out of the order of sealing",
            "state moved before its entry exists", "a stale committer believed",
            "unknown taken for success", "a gap skipped",
            "a time looked for among runs that are not in its order",
            "the local WAL replayed twice",
            "room given back when a segment is sealed, not when it is done");

    @TempDir
    Path compiled;

    static List<PlantedBug> bugs() {
        String wanted = System.getProperty("bugs", "");
        return PlantedBugs.all().stream().filter(bug -> wanted.isEmpty()
                ? OF_EACH_BUILD.contains(bug.name())
                : wanted.equals("all") || bug.name().contains(wanted)).toList();
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

    static List<PlantedBug> all() {
        return PlantedBugs.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aBugThatNoBuildLooksForCanStillBePlanted(PlantedBug bug) {
        assertThatCode(() -> new PlantedCode(bug, compiled)).doesNotThrowAnyException();
    }

    @SuppressWarnings("unchecked")
    private static LongFunction<Optional<String>> runner(ClassLoader code)
            throws ReflectiveOperationException {
        return (LongFunction<Optional<String>>) code.loadClass(SeedRunner.class.getName())
                .getConstructor().newInstance();
    }
}
