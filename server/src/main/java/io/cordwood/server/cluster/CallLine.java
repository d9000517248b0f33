package io.cordwood.server.cluster;

import com.google.protobuf.MessageLite;
import io.cordwood.cluster.Line;
import io.cordwood.cluster.LineEnd;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.EventLoop;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a line that is a call. Confined to the node's loop; what it has to do with the network
 * its {@link Wire} does.
 *
 * @param <S> what is said here
 * @param <H> what is heard
 */
final class CallLine<S, H> implements Line<S>, Wire.Listener<H> {

    /** While so much is under way there is no room. One message more may be, whatever its size. */
    static final long UNSENT_BYTES_MAX = 16 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(CallLine.class);

    private final Language<S, H> language;
    private final Wire<H> wire;
    private Optional<LineEnd<H>> end = Optional.empty();
    private long unsentBytes;
    private boolean closed;

    /**
     * A line with nobody at this end yet. May be made anywhere.
     *
     * @param network a loop of Vert.x, where the call is
     * @param loop of the node
     * @param disconnect frees what the call has of the network; run once
     */
    CallLine(Language<S, H> language, EventLoop network, EventLoop loop, Runnable disconnect) {
        this.language = language;
        this.wire = new Wire<>(language.decode(), network, loop, this, disconnect);
    }

    /** Where the network hears and speaks. */
    Wire<H> wire() {
        return wire;
    }

    /** From now on somebody is at this end. Run before anything that was heard is told. */
    void begin(LineEnd<H> listening) {
        end = Optional.of(listening);
    }

    @Override
    public boolean send(S message) {
        if (closed) {
            return true;
        }
        if (unsentBytes >= UNSENT_BYTES_MAX) {
            return false;
        }
        MessageLite encoded = language.encode().apply(message);
        int bytes = encoded.getSerializedSize();
        unsentBytes += bytes;
        wire.send(encoded, () -> unsentBytes -= bytes);
        return true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            wire.hangUp();
        }
    }

    /** An entry or whatever else is within the message may be damaged too. */
    @Override
    public void heard(H message) {
        if (closed) {
            return;
        }
        try {
            end.ifPresent(listening -> listening.received(message));
        } catch (CorruptException damaged) {
            LOG.warn("A line to another node is closed: {}", damaged.getMessage());
            close();
        }
    }

    @Override
    public void over() {
        closed = true;
        end.ifPresent(LineEnd::closed);
    }
}
