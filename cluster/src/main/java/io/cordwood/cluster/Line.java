package io.cordwood.cluster;

/**
 * One direction of a line between two processes, as the sender sees it. What is sent arrives in
 * order, until the line is closed: of what was sent last then, nobody knows.
 *
 * @param <M> what is said on it
 */
public interface Line<M> {

    /**
     * Sends a message, unless so much is under way already that there is no room for it.
     *
     * @return whether it was sent; true as well when the line is closed, which this process is told
     *         at its {@link LineEnd}
     */
    boolean send(M message);

    /** Ends both directions. May be called again. */
    void close();
}
