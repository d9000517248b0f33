package io.cordwood.server.cluster;

import com.google.protobuf.MessageLite;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.UnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcReadStream;
import io.vertx.grpc.common.GrpcWriteStream;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network's half of a line: packs and unpacks messages, and passes them on to the node's loop
 * in order. Confined to a loop of Vert.x, but for what others ask of it.
 *
 * <p>What was unpacked and waits for the node is bounded by {@link #UNHEARD_BYTES_MAX} and one
 * message, and by the 16 messages that the library takes from the call before it stops.
 *
 * @param <H> what is heard
 */
final class Wire<H> {

    private static final long UNHEARD_BYTES_MAX = 16 << 20;
    private static final String IDENTITY = "identity";
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

    private final Function<byte[], H> decode;
    private final EventLoop network;
    private final EventLoop loop;
    private final Listener<H> listener;
    private final Runnable disconnect;
    private final Promise<GrpcWriteStream<Buffer>> out = Promise.promise();
    private long unheardBytes;
    private boolean over;

    /** A wire that is not connected: what is sent waits. */
    Wire(Function<byte[], H> decode, EventLoop network, EventLoop loop, Listener<H> listener,
            Runnable disconnect) {
        this.decode = decode;
        this.network = network;
        this.loop = loop;
        this.listener = listener;
        this.disconnect = disconnect;
    }

    /** Is told on the node's loop. */
    interface Listener<H> {

        /** A message has arrived. */
        void heard(H message);

        /** Nothing arrives any more, whoever ended it. Called once. */
        void over();
    }

    /** Asks for a message to be sent. The task runs on the node's loop when it is, or never can. */
    void send(MessageLite message, Runnable sent) {
        network.execute(() -> out.future().compose(stream -> write(stream, message))
                .onComplete(done -> loop.execute(sent)));
    }

    /** Asks for the call to be ended. What was sent may not arrive any more. */
    void hangUp() {
        network.execute(() -> end("this node has ended it"));
    }

    /** Sends what waits, and everything from now on. */
    void speak(GrpcWriteStream<Buffer> stream) {
        out.tryComplete(stream);
    }

    /** Passes on what comes. */
    void hear(GrpcReadStream<Buffer> in) {
        in.messageHandler(message -> hear(in, message));
        in.invalidMessageHandler(invalid -> garbage("a message is larger than any"));
        in.errorHandler(error -> end("it was given up: " + error));
        in.exceptionHandler(failure -> end(failure.toString()));
        in.endHandler(nothing -> end("the other node has ended it"));
    }

    /** It is over, for a reason. */
    void end(String reason) {
        if (over) {
            return;
        }
        over = true;
        LOG.debug("A call between nodes is over: {}", reason);
        out.tryFail(new UnavailableException(reason));
        disconnect.run();
        loop.execute(listener::over);
    }

    private Future<Void> write(GrpcWriteStream<Buffer> stream, MessageLite message) {
        return over
                ? Future.failedFuture(new UnavailableException("the call is over"))
                : stream.write(Buffer.buffer(message.toByteArray()));
    }

    private void hear(GrpcReadStream<Buffer> in, GrpcMessage message) {
        if (over) {
            return;
        }
        if (!message.encoding().equals(IDENTITY)) {
            garbage("a message is compressed: " + message.encoding());
            return;
        }
        byte[] bytes = message.payload().getBytes();
        try {
            pass(in, decode.apply(bytes), bytes.length);
        } catch (CorruptException damaged) {
            garbage(String.valueOf(damaged.getMessage()));
        }
    }

    private void pass(GrpcReadStream<Buffer> in, H message, int bytes) {
        unheardBytes += bytes;
        if (unheardBytes >= UNHEARD_BYTES_MAX) {
            in.pause();
        }
        loop.execute(() -> {
            network.execute(() -> passed(in, bytes));
            listener.heard(message);
        });
    }

    private void passed(GrpcReadStream<Buffer> in, int bytes) {
        boolean paused = unheardBytes >= UNHEARD_BYTES_MAX;
        unheardBytes -= bytes;
        if (paused && unheardBytes < UNHEARD_BYTES_MAX) {
            in.resume();
        }
    }

    private void garbage(String what) {
        LOG.warn("A call between nodes is ended: {}", what);
        end(what);
    }
}
