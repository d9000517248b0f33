package io.cordwood.cluster;

import io.cordwood.runtime.EventLoop;
import java.util.function.Function;

/** The lines of a process that is alone: whoever was at its address before was itself. */
record LinesToNobody(EventLoop loop) implements Lines {

    @Override
    public String address() {
        return "alone";
    }

    @Override
    public Line<ToCommitter> open(String address, LineEnd<FromCommitter> end) {
        loop.execute(end::closed);
        return new Line<>() {
            @Override
            public boolean send(ToCommitter message) {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void serve(Function<Line<FromCommitter>, LineEnd<ToCommitter>> ends) {}
}
