package io.cordwood.server.node;

import io.cordwood.cluster.FromCommitter;
import io.cordwood.cluster.Line;
import io.cordwood.cluster.LineEnd;
import io.cordwood.cluster.Lines;
import io.cordwood.cluster.ToCommitter;
import io.cordwood.runtime.EventLoop;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lines between nodes on one loop: what is said is heard at once, and none breaks.
 *
 * @param served those that listen, by their addresses
 */
record ShortLines(EventLoop loop, String address,
        Map<String, Function<Line<FromCommitter>, LineEnd<ToCommitter>>> served)
        implements
            Lines {

    @Override
    public Line<ToCommitter> open(String to, LineEnd<FromCommitter> end) {
        Optional<LineEnd<ToCommitter>> far = Optional.ofNullable(served.get(to))
                .map(there -> there.apply(line(end::received)));
        if (far.isEmpty()) {
            loop.execute(end::closed);
        }
        return line(message -> far.ifPresent(there -> there.received(message)));
    }

    private <M> Line<M> line(Consumer<M> heard) {
        return new Line<>() {
            @Override
            public boolean send(M message) {
                loop.execute(() -> heard.accept(message));
                return true;
            }

            @Override
            public void close() {
                throw new AssertionError("nobody has a reason to close a line");
            }
        };
    }

    @Override
    public void serve(Function<Line<FromCommitter>, LineEnd<ToCommitter>> ends) {
        served.put(address, ends);
    }
}
