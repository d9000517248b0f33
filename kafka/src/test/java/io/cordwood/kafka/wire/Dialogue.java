package io.cordwood.kafka.wire;

import io.cordwood.runtime.ManualEventLoop;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;

/** What a connection does with a frame, without the connection: on a clock of its own. */
public final class Dialogue {

    /** Longer than anything waits. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private final ApiTable apis;
    private final ManualEventLoop loop;

    public Dialogue(ApiTable apis, ManualEventLoop loop) {
        this.apis = apis;
        this.loop = loop;
    }

    /**
     * The response to a frame, without its length.
     *
     * @return empty where the connection would be closed, or nothing is said
     * @throws AssertionError when a handler failed in a way that nobody expected
     */
    public Optional<byte[]> say(ByteBuffer frame) {
        Exchange exchange;
        try {
            exchange = new RequestParser(apis, SocketAddress.inetSocketAddress(1, "127.0.0.1"),
                    new Endpoint("localhost", 9092)).parse(frame);
        } catch (RuntimeException noRequest) {
            return Optional.empty();
        }
        Future<Answer> answer = Future.succeededFuture()
                .compose(nothing -> apis.handle(exchange.call(), exchange.request()));
        loop.runReady();
        if (!answer.isComplete()) {
            loop.advance(LONG);
        }
        return said(exchange, answer.succeeded()
                ? answer.result()
                : exchange.refusal(answer.cause()));
    }

    private static Optional<byte[]> said(Exchange exchange, Answer answer) {
        if (!(answer instanceof Answer.Response response)) {
            return Optional.empty();
        }
        ByteBuf frame = ResponseEncoder.encode(exchange.call().context(), response.message());
        response.whenGone().run();
        byte[] bytes = new byte[frame.readableBytes() - Integer.BYTES];
        frame.skipBytes(Integer.BYTES).readBytes(bytes).release();
        AbstractResponse read = AbstractResponse.parseResponse(ByteBuffer.wrap(bytes),
                exchange.call().context().header);
        if (read.errorCounts().containsKey(Errors.UNKNOWN_SERVER_ERROR)) {
            throw new AssertionError("a bug, see the log: " + exchange.request());
        }
        return Optional.of(bytes);
    }
}
