package io.cordwood.kafka.wire;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection. Confined to the event loop of its socket.
 *
 * <p>It reads as long as there is room: for the next frame in the memory of all, for one more
 * request in its own line, for responses in the socket. Whatever cannot be a request closes the
 * connection, as Kafka does: nothing after it could be understood.
 */
public final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final NetSocketInternal socket;
    private final Context context;
    private final ApiTable apis;
    private final Room room;
    private final RequestParser parser;
    private final FrameDecoder decoder;
    private final RequestLine line;
    private final Outbox outbox;
    private final StallWatch inputWatch;
    private final ArrayDeque<ByteBuf> input = new ArrayDeque<>();
    private int frameBytes;
    private long frames;
    private boolean reading;
    private boolean waiting;
    private boolean closed;

    private Connection(NetSocketInternal socket, Context context, Service service) {
        this.socket = socket;
        this.context = context;
        this.apis = service.apis();
        this.room = service.room();
        this.parser = new RequestParser(apis, socket.remoteAddress(),
                service.advertised().orElseGet(() -> new Endpoint(
                        socket.localAddress().hostAddress(), socket.localAddress().port())));
        ConnectionBounds bounds = service.bounds();
        this.decoder = new FrameDecoder(bounds.frameBytesMax());
        this.line = new RequestLine(bounds);
        this.outbox = new Outbox(socket, context.owner(), bounds.waitMax());
        this.inputWatch = new StallWatch(context.owner(), bounds.waitMax(),
                () -> frameBytes > 0 && mayRead(), () -> frames,
                () -> refuse("the rest of a request did not come"));
    }

    /** Serves a socket until either side closes it. Called on the socket's event loop. */
    public static void serve(NetSocket socket, Service service) {
        Context context = Optional.ofNullable(Vertx.currentContext()).orElseThrow();
        Connection connection = new Connection((NetSocketInternal) socket, context, service);
        connection.socket.messageHandler(connection::receive);
        socket.closeHandler(nothing -> connection.close());
        socket.exceptionHandler(failure -> socket.close());
    }

    private void receive(Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (closed) {
            bytes.release();
            return;
        }
        input.addLast(bytes);
        read();
    }

    /**
     * Reads on as far as it may. Answers that come at once, and bytes that a resumed socket has
     * held back, lead back here: whoever reads already goes on until nothing is left for him.
     */
    private void read() {
        if (reading) {
            return;
        }
        reading = true;
        do {
            readOn();
        } while (mayRead() && !input.isEmpty());
        reading = false;
    }

    private void readOn() {
        try {
            while (mayRead() && !input.isEmpty()) {
                switch (decoder.advance(input.getFirst())) {
                    case FrameDecoder.Step.Starved starved -> input.removeFirst().release();
                    case FrameDecoder.Step.Announced announced -> makeRoom(announced.length());
                    case FrameDecoder.Step.Complete complete -> handle(complete.frame());
                }
            }
        } catch (RuntimeException malformed) {
            refuse(malformed.toString());
        }
        if (closed) {
            dropInput();
        } else if (mayRead()) {
            inputWatch.start();
            socket.resume();
        } else {
            socket.pause();
        }
    }

    private boolean mayRead() {
        return !closed && !waiting && !line.isFull() && !outbox.isFull();
    }

    /** Takes room for a frame, however long that takes: meanwhile the client waits. */
    private void makeRoom(int length) {
        waiting = true;
        room.reserve(length).onComplete(done -> onLoop(() -> {
            waiting = false;
            if (closed) {
                if (done.succeeded()) {
                    room.release(length);
                }
            } else if (done.succeeded()) {
                decoder.begin();
                frameBytes = length;
                read();
            } else {
                makeRoom(length);
            }
        }));
    }

    private void handle(ByteBuffer frame) {
        Exchange exchange = parser.parse(frame);
        frameBytes = 0;
        frames++;
        line.add(exchange);
        Future.succeededFuture()
                .compose(nothing -> apis.handle(exchange.call(), exchange.request()))
                .onComplete(done -> onLoop(() -> conclude(exchange, done.succeeded()
                        ? done.result()
                        : exchange.refusal(done.cause()))));
    }

    private void conclude(Exchange exchange, Answer answer) {
        exchange.conclude(answer);
        if (closed) {
            discard(exchange);
            return;
        }
        for (Optional<Exchange> next = line.takeAnswered(); next.isPresent(); next = line
                .takeAnswered()) {
            answer(next.get());
        }
        read();
    }

    private void answer(Exchange exchange) {
        switch (exchange.answer().orElseThrow()) {
            case Answer.Silence silence -> discard(exchange);
            case Answer.HangUp hangUp -> {
                discard(exchange);
                refuse(hangUp.reason());
            }
            case Answer.Response response -> respond(exchange, response);
        }
    }

    private void respond(Exchange exchange, Answer.Response response) {
        try {
            outbox.send(ResponseEncoder.encode(exchange.call().context(), response.message()),
                    () -> {
                        discard(exchange);
                        read();
                    });
        } catch (RuntimeException bug) {
            LOG.error("A bug, please report it: no response to {}", exchange.call().context(),
                    bug);
            discard(exchange);
            refuse("a response could not be written");
        }
    }

    /** Gives back what an exchange holds. Called once for each, in the end. */
    private void discard(Exchange exchange) {
        room.release(exchange.size());
        if (exchange.answer().orElseThrow() instanceof Answer.Response response) {
            response.whenGone().run();
        }
    }

    private void refuse(String reason) {
        LOG.info("Closing the connection of {}: {}", socket.remoteAddress(), reason);
        socket.close();
        close();
    }

    /** What is in hand is still handled; its answers are dropped. */
    private void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (frameBytes > 0) {
            room.release(frameBytes);
            frameBytes = 0;
        }
        dropInput();
        for (Optional<Exchange> next = line.take(); next.isPresent(); next = line.take()) {
            next.filter(exchange -> exchange.answer().isPresent()).ifPresent(this::discard);
        }
    }

    private void dropInput() {
        while (!input.isEmpty()) {
            input.removeFirst().release();
        }
    }

    private void onLoop(Runnable task) {
        if (socket.channelHandlerContext().executor().inEventLoop()) {
            task.run();
        } else {
            context.runOnContext(nothing -> task.run());
        }
    }
}
