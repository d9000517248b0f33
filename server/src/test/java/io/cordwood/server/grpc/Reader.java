package io.cordwood.server.grpc;

import io.vertx.core.Future;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Takes the messages of a streamed answer one by one, and nothing that it was not asked to take.
 */
final class Reader<A> {

    private final BlockingQueue<A> taken = new LinkedBlockingQueue<>();
    private final GrpcClientResponse<?, A> response;

    private Reader(GrpcClientResponse<?, A> response) {
        this.response = response;
        response.pause();
        response.handler(taken::add);
    }

    /** Sends the only message of a call, and reads what comes. */
    static <Q, A> Reader<A> of(GrpcClientRequest<Q, A> call, Q question) {
        Future<Reader<A>> reader = call.response().map(arrived -> new Reader<A>(arrived));
        call.end(question);
        return reader.await();
    }

    A next() throws InterruptedException {
        response.fetch(1);
        return taken.take();
    }

    /** Takes what is left, and says how the call ended. */
    GrpcStatus end() {
        response.resume();
        return response.end().transform(ended -> Future.succeededFuture(response.status())).await();
    }
}
