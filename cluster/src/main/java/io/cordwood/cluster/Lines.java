package io.cordwood.cluster;

import io.cordwood.runtime.EventLoop;
import java.util.function.Function;

/** The way to other processes, and from them. */
public interface Lines {

    /** Where others reach this process. */
    String address();

    /**
     * Opens a line to the process at an address. Messages may be sent at once; whether anybody is
     * there is known when one arrives, or the line is closed.
     *
     * @param end where messages arrive
     */
    Line<ToCommitter> open(String address, LineEnd<FromCommitter> end);

    /**
     * From now on others may open lines to this process. Before, theirs are closed.
     *
     * @param ends for a line back to one, gives the end at which its messages are to arrive
     */
    void serve(Function<Line<FromCommitter>, LineEnd<ToCommitter>> ends);

    /** Of a process that reaches no other. */
    static Lines toNobody(EventLoop loop) {
        return new LinesToNobody(loop);
    }
}
