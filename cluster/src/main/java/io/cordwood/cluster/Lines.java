package io.cordwood.cluster;

import io.cordwood.runtime.EventLoop;

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

    /** Of a process that reaches no other. */
    static Lines toNobody(EventLoop loop) {
        return (address, end) -> {
            loop.execute(end::closed);
            return new Line<>() {
                @Override
                public boolean send(ToCommitter message) {
                    return true;
                }

                @Override
                public void close() {}
            };
        };
    }
}
