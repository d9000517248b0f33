package io.cordwood.cluster;

import io.cordwood.manifest.commit.Proposal;
import java.util.UUID;

/** What a process says to the one that it takes for the committer. */
public sealed interface ToCommitter {

    /**
     * The first message on a line.
     *
     * @param process that sends it: this run of it
     * @param epoch of the election that made the other one the committer, as far as is known here
     */
    record Hello(UUID process, long epoch) implements ToCommitter {}

    /**
     * Something is to become true.
     *
     * @param number counts what this process proposes, from 1, upwards
     */
    record Propose(long number, Proposal<?> proposal) implements ToCommitter {}

    /** It is still there. */
    record Alive() implements ToCommitter {}
}
