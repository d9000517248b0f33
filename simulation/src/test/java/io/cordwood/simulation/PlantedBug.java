package io.cordwood.simulation;

import java.util.List;

/**
 * A mistake that somebody could make in the code.
 *
 * @param name what is wrong with it
 * @param source the file, from the root of the project
 * @param edits that make the mistake
 * @param seedFirst from which seed on it is looked for: what one in a hundred finds is looked for
 *        where it was found last
 * @param seedsMax within how many seeds it must be found
 */
record PlantedBug(String name, String source, List<Edit> edits, int seedFirst, int seedsMax) {

    /** A bug that is found by one of the first seeds. */
    PlantedBug(String name, String source, List<Edit> edits, int seedsMax) {
        this(name, source, edits, 1, seedsMax);
    }

    @Override
    public String toString() {
        return name;
    }

    /** A piece of the source, which must stand there once, and what comes in its place. */
    record Edit(String before, String after) {

        String apply(String source) {
            int found = source.indexOf(before);
            if (found < 0 || source.indexOf(before, found + 1) >= 0) {
                throw new AssertionError("the bug has to be planted anew: this is not there once: "
                        + before);
            }
            return source.replace(before, after);
        }
    }
}
