package io.cordwood.cluster;

/** The way to other processes. */
@FunctionalInterface
public interface Lines {

    /**
     * Opens a line to the process at an address. Messages may be sent at once; whether anybody is
     * there is known when one arrives, or the line is closed.
     *
     * @param end where messages arrive
     */
    Line<ToCommitter> open(String address, LineEnd<FromCommitter> end);
}
