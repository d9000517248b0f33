package io.cordwood.simulation.process;

import io.cordwood.cluster.FromCommitter;
import io.cordwood.cluster.Line;
import io.cordwood.cluster.LineEnd;
import io.cordwood.cluster.Lines;
import io.cordwood.cluster.ToCommitter;
import java.util.Optional;
import java.util.function.Function;

/** The lines of one process, which are closed by others before it listens. */
final class ProcessLines implements Lines {

    private final Wires wires;
    private final NodeProcess process;
    private Optional<Function<Line<FromCommitter>, LineEnd<ToCommitter>>> ends = Optional.empty();

    /** Of a process that does not listen. */
    ProcessLines(Wires wires, NodeProcess process) {
        this.wires = wires;
        this.process = process;
    }

    /** Whether others can open lines to it. */
    boolean isReached() {
        return ends.isPresent();
    }

    /** Takes a line of another, by the direction back to it. Called on the loop of the process. */
    Optional<LineEnd<ToCommitter>> accept(Line<FromCommitter> back) {
        return ends.map(its -> its.apply(back));
    }

    @Override
    public String address() {
        return process.address();
    }

    @Override
    public Line<ToCommitter> open(String address, LineEnd<FromCommitter> end) {
        return wires.open(process, address, end);
    }

    @Override
    public void serve(Function<Line<FromCommitter>, LineEnd<ToCommitter>> its) {
        ends = Optional.of(its);
    }
}
