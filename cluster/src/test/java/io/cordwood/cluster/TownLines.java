package io.cordwood.cluster;

import java.util.function.Function;

/** The lines of one process of a town. */
record TownLines(Resident resident) implements Lines {

    @Override
    public String address() {
        return resident.address;
    }

    @Override
    public Line<ToCommitter> open(String address, LineEnd<FromCommitter> end) {
        return resident.town.open(resident, address, end);
    }

    @Override
    public void serve(Function<Line<FromCommitter>, LineEnd<ToCommitter>> ends) {
        resident.serve(ends);
    }
}
