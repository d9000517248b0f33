package io.cordwood.simulation.process;

import io.cordwood.cluster.FromCommitter;
import io.cordwood.cluster.Line;
import io.cordwood.cluster.LineEnd;
import io.cordwood.cluster.ToCommitter;
import io.cordwood.manifest.commit.ProposalCodec;
import io.cordwood.simulation.world.World;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A line between two processes. What is said on it passes as bytes. It reaches whoever is at the
 * address when the first message arrives there.
 */
final class Wire implements Line<ToCommitter> {

    /** What a message has that carries no bytes of others. */
    private static final int MESSAGE_BYTES = 32;

    private final World world;
    private final Wires wires;
    private final NodeProcess from;
    private final String address;
    private final LineEnd<FromCommitter> near;
    private final Lane there;
    private final Lane back;
    private Optional<NodeProcess> to = Optional.empty();
    private Optional<LineEnd<ToCommitter>> far = Optional.empty();
    private boolean reached;
    private boolean nearTold;
    private boolean farTold;

    /** A line that a process opens. */
    Wire(World world, Wires wires, NodeProcess from, String address,
            LineEnd<FromCommitter> near) {
        this.world = world;
        this.wires = wires;
        this.from = from;
        this.address = address;
        this.near = near;
        this.there = new Lane(world, from.address(), address, this::reach);
        this.back = new Lane(world, address, from.address(), from.loop()::execute);
    }

    @Override
    public boolean send(ToCommitter message) {
        wires.mayBreak(this, there.isStalled());
        return switch (message) {
            case ToCommitter.Hello hello -> there.send(MESSAGE_BYTES, () -> hear(hello));
            case ToCommitter.Alive alive -> there.send(MESSAGE_BYTES, () -> hear(alive));
            case ToCommitter.Propose propose -> {
                ByteBuffer bytes = ProposalCodec.encode(propose.proposal()).copy();
                boolean sent = there.send(MESSAGE_BYTES + bytes.remaining(),
                        () -> hear(new ToCommitter.Propose(propose.number(),
                                ProposalCodec.decode(bytes))));
                wires.forwarded(sent);
                yield sent;
            }
        };
    }

    /** Closed by who opened it. */
    @Override
    public void close() {
        from.loop().execute(this::tellNear);
        there.end(this::tellFar);
        wires.forget(this);
    }

    /**
     * It leads nowhere any more. Each side learns that soon, or late, or never; and what was sent
     * may arrive all the same, even after another line was opened.
     */
    void breakDown() {
        back.lose();
        learn().ifPresent(delay -> world.time().schedule(delay,
                () -> from.loop().execute(this::tellNear)));
        if (world.chance().nextBoolean()) {
            there.end(this::tellFar);
        } else {
            there.lose();
            learn().ifPresent(delay -> world.time().schedule(delay,
                    () -> to.ifPresent(process -> process.loop().execute(this::tellFar))));
        }
        wires.forget(this);
    }

    /** One of the processes is gone. What it sent before that arrives. */
    void lose(NodeProcess gone) {
        if (from == gone) {
            back.lose();
            learn().ifPresent(delay -> world.time().schedule(delay,
                    () -> there.end(this::tellFar)));
        } else if (to.filter(process -> process == gone).isPresent()) {
            there.lose();
            learn().ifPresent(delay -> world.time().schedule(delay,
                    () -> back.end(this::tellNear)));
        }
    }

    boolean touches(NodeProcess process) {
        return from == process || to.filter(it -> it == process).isPresent();
    }

    private Optional<Duration> learn() {
        return wires.learn();
    }

    /** Whoever does not listen yet takes no lines, and where nobody is, mostly somebody says so. */
    private void reach(Runnable arrival) {
        if (!reached) {
            reached = true;
            to = wires.at(address).filter(NodeProcess::isReached);
            to.ifPresentOrElse(process -> process.loop()
                    .execute(() -> far = process.accept(new Back())), this::refuse);
        }
        to.ifPresent(process -> process.loop().execute(arrival));
    }

    private void refuse() {
        there.lose();
        learn().ifPresent(delay -> back.end(this::tellNear));
    }

    private void hear(ToCommitter message) {
        if (!farTold) {
            far.ifPresent(end -> end.received(message));
        }
    }

    private void hear(FromCommitter message) {
        if (!nearTold) {
            near.received(message);
        }
    }

    private void tellNear() {
        if (!nearTold) {
            nearTold = true;
            near.closed();
        }
    }

    private void tellFar() {
        if (!farTold) {
            farTold = true;
            far.ifPresent(LineEnd::closed);
        }
    }

    /** The other direction. */
    private final class Back implements Line<FromCommitter> {

        @Override
        public boolean send(FromCommitter message) {
            wires.mayBreak(Wire.this, back.isStalled());
            return switch (message) {
                case FromCommitter.Entry entry -> push(entry);
                case FromCommitter.Welcome welcome -> back.send(MESSAGE_BYTES,
                        () -> hear(welcome));
                case FromCommitter.Judged judged -> back.send(MESSAGE_BYTES,
                        () -> hear(judged));
                case FromCommitter.Alive alive -> back.send(MESSAGE_BYTES, () -> hear(alive));
            };
        }

        private boolean push(FromCommitter.Entry entry) {
            byte[] bytes = new byte[entry.object().remaining()];
            entry.object().duplicate().get(bytes);
            boolean sent = back.send(MESSAGE_BYTES + bytes.length,
                    () -> hear(new FromCommitter.Entry(entry.sequence(), ByteBuffer.wrap(bytes))));
            wires.pushed(sent);
            return sent;
        }

        /** Closed by who was reached. */
        @Override
        public void close() {
            to.ifPresent(process -> process.loop().execute(Wire.this::tellFar));
            back.end(Wire.this::tellNear);
            wires.forget(Wire.this);
        }
    }
}
