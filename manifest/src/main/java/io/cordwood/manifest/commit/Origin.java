package io.cordwood.manifest.commit;

import java.util.UUID;

/**
 * From where a proposal came.
 *
 * @param process that proposed it, if not the committer
 * @param number counts what the process proposes
 */
public record Origin(UUID process, long number) {}
