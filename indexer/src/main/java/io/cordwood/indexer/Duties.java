package io.cordwood.indexer;

import java.util.UUID;
import java.util.function.Predicate;

/**
 * Which work falls to this process. All processes divide it alike, from what the manifest says of
 * them; while they do not all know the same of it, a job may be done twice, of which the log takes
 * one. Called on the loop.
 */
public interface Duties {

    /** Whether this process does any of it. */
    boolean any();

    /** Whether it does what concerns the log as a whole: what was flushed, and what is deleted. */
    boolean all();

    /**
     * Of which topics it merges runs, makes history and compacts. Any thread may ask the answer.
     */
    Predicate<UUID> topics();
}
