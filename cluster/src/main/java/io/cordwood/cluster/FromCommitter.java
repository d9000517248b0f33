package io.cordwood.cluster;

import java.nio.ByteBuffer;

/** What the committer says to a process. */
public sealed interface FromCommitter {

    /**
     * The answer to the first message: it is the committer.
     *
     * @param receivedNumber the last proposal of the process that it has received under this epoch,
     *        on whatever line; 0 if none, or if all were judged
     * @param sequence the last entry of the log then: what is sent anew must not be in it
     */
    record Welcome(long receivedNumber, long sequence) implements FromCommitter {}

    /**
     * An entry is in the log.
     *
     * @param object its bytes, as they are in the bucket
     */
    record Entry(long sequence, ByteBuffer object) implements FromCommitter {}

    /**
     * Proposals were judged: what was accepted of them is in the log.
     *
     * @param number the last of them
     * @param sequence the last entry of the log then
     */
    record Judged(long number, long sequence) implements FromCommitter {}

    /**
     * It is still there.
     *
     * @param sequence the last entry of the log, as far as it knows
     */
    record Alive(long sequence) implements FromCommitter {}
}
