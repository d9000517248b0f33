package io.cordwood.manifest.commit;

import java.util.UUID;

/**
 * A process that can be the committer.
 *
 * @param id of this run of the process: never used by another
 * @param address where it can be reached, for people and for other nodes
 */
public record Candidate(UUID id, String address) {}
