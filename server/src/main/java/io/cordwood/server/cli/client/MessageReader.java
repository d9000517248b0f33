package io.cordwood.server.cli.client;

import com.google.protobuf.Message;
import io.vertx.core.AsyncResult;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Reads the messages of an answer one after the other, and a few ahead: no more are taken from the
 * server while nobody reads.
 */
public final class MessageReader<A extends Message> implements AutoCloseable {

    private final GrpcClientRequest<?, A> call;
    private final BlockingQueue<Arrival<A>> arrivals = new LinkedBlockingQueue<>();

    /** Made before the question is sent: an answer that comes earlier would be lost. */
    <Q extends Message> MessageReader(GrpcClientRequest<Q, A> call, int messagesAhead) {
        this.call = call;
        call.response().onComplete(arrived -> begin(arrived, messagesAhead));
    }

    private <Q> void begin(AsyncResult<GrpcClientResponse<Q, A>> arrived, int messagesAhead) {
        if (arrived.failed()) {
            arrivals.add(new Arrival.Failed<>(Endings.failure(arrived.cause())));
            return;
        }
        GrpcClientResponse<Q, A> answer = arrived.result();
        answer.pause();
        answer.handler(message -> arrivals.add(new Arrival.Sent<>(message, answer)));
        Endings.of(answer).onSuccess(ended -> arrivals.add(new Arrival.Ended<>()))
                .onFailure(reason -> arrivals.add(
                        new Arrival.Failed<>(Endings.failure(reason))));
        answer.fetch(messagesAhead);
    }

    /** The next message; none when the call ended well. Throws {@link CallException} otherwise. */
    public Optional<A> next() {
        try {
            return switch (arrivals.take()) {
                case Arrival.Sent<A>(A message, GrpcClientResponse<?, A> from) -> {
                    from.fetch(1);
                    yield Optional.of(message);
                }
                case Arrival.Ended<A>() -> Optional.empty();
                case Arrival.Failed<A>(CallException reason) -> throw reason;
            };
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallException.Broken("interrupted", interrupted);
        }
    }

    /** Ends the call, if it has not ended. */
    @Override
    public void close() {
        call.cancel();
    }

    private sealed interface Arrival<A extends Message> {

        record Sent<A extends Message>(A message, GrpcClientResponse<?, A> from)
                implements
                    Arrival<A> {}

        record Ended<A extends Message>() implements Arrival<A> {}

        record Failed<A extends Message>(CallException reason) implements Arrival<A> {}
    }
}
