package io.cordwood.cluster;

/**
 * The end of a line where messages arrive. Called on the loop of the process.
 *
 * @param <M> what is said on it
 */
public interface LineEnd<M> {

    /** A message has arrived. */
    void received(M message);

    /** Nothing arrives any more, whoever closed the line. Called once. */
    void closed();
}
