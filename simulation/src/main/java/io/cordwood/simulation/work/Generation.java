package io.cordwood.simulation.work;

/** How a client uses transactions. */
enum Generation {

    /** Partitions are taken in before anything is sent to them, and the instance stays the same. */
    OLDER,

    /**
     * Partitions join by what is sent to them, and after each transaction a later instance goes on.
     *
     * @see <a href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-890">KIP-890</a>
     */
    NEWER
}
