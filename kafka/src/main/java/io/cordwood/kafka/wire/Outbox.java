package io.cordwood.kafka.wire;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import java.time.Duration;

/**
 * The responses that are on their way to a client. One that does not take them in time is cut off:
 * what it does not take is memory that others wait for. Confined to the event loop of the socket.
 */
final class Outbox {

    private final NetSocketInternal socket;
    private final StallWatch watch;
    private long sent;
    private long taken;

    Outbox(NetSocketInternal socket, Vertx vertx, Duration waitMax) {
        this.socket = socket;
        this.watch = new StallWatch(vertx, waitMax, () -> sent > taken, () -> taken,
                socket::close);
    }

    /** Whether the client takes responses more slowly than it asks. */
    boolean isFull() {
        return socket.writeQueueFull();
    }

    /** Sends a response; runs the task when it has left or never will. */
    void send(ByteBuf response, Runnable whenGone) {
        sent++;
        watch.start();
        socket.writeMessage(response).onComplete(done -> {
            taken++;
            whenGone.run();
        });
    }
}
