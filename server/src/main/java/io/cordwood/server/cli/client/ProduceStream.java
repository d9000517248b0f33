package io.cordwood.server.cli.client;

import io.cordwood.server.grpc.proto.ProduceRequest;
import io.cordwood.server.grpc.proto.ProduceStreamRequest;
import io.cordwood.server.grpc.proto.ProduceStreamResponse;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * A stream of produce requests, each of which gets a future of its answer. Who sends bounds how
 * much is in flight.
 */
public final class ProduceStream implements AutoCloseable {

    private final GrpcClientRequest<ProduceStreamRequest, ProduceStreamResponse> call;
    private final Context loop;

    // Only seen on the loop.
    private final ArrayDeque<Promise<ProduceStreamResponse>> unanswered = new ArrayDeque<>();
    private Optional<CallException> ended = Optional.empty();
    private long sent;

    ProduceStream(Vertx vertx,
            GrpcClientRequest<ProduceStreamRequest, ProduceStreamResponse> call) {
        this.loop = vertx.getOrCreateContext();
        this.call = call;
        call.response().onSuccess(this::receive)
                .onFailure(reason -> end(Endings.failure(reason)));
    }

    /**
     * Sends a request.
     *
     * @return its answer. Fails with {@link CallException.Refused} if the stream ended with that
     * status
     *         before the answer, and with {@link CallException.Broken} if it just broke
     */
    public Future<ProduceStreamResponse> send(ProduceRequest request) {
        Promise<ProduceStreamResponse> answer = Promise.promise();
        loop.runOnContext(nothing -> {
            if (ended.isPresent()) {
                answer.fail(ended.get());
                return;
            }
            unanswered.addLast(answer);
            call.write(ProduceStreamRequest.newBuilder().setNumber(sent++).setRequest(request)
                    .build());
        });
        return answer.future();
    }

    /** Ends the stream, whatever is in flight. */
    @Override
    public void close() {
        call.cancel();
    }

    private void receive(GrpcClientResponse<ProduceStreamRequest, ProduceStreamResponse> response) {
        response.handler(answer -> unanswered.removeFirst().complete(answer));
        Endings.of(response).onSuccess(well -> end(new CallException.Broken(
                "the server ended the stream", new IllegalStateException("ended"))))
                .onFailure(reason -> end(Endings.failure(reason)));
    }

    private void end(CallException reason) {
        ended = ended.or(() -> Optional.of(reason));
        while (!unanswered.isEmpty()) {
            unanswered.removeFirst().fail(ended.get());
        }
    }
}
