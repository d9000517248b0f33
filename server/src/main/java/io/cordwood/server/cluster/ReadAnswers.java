package io.cordwood.server.cluster;

import io.cordwood.cache.CachingObjectStore;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.store.object.Bytes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;

/**
 * Answers what other nodes read of what is remembered here. Confined to the network's loop.
 *
 * <p>What does not fit beside the answers that are under way is refused at once: the bucket has it
 * sooner than a queue here.
 */
final class ReadAnswers {

    /** Of answers under way, in bytes: as much as a few of the largest. */
    static final int BYTES_MAX = 8 * SharedRange.LENGTH_MAX;

    /** What an answer counts at least: a block is loaded whole. So there are 64 at most. */
    static final int ANSWER_BYTES_MIN = 1 << 20;

    private final EventLoop network;
    private final CachingObjectStore store;
    private long bytes;

    /** Nothing under way. */
    ReadAnswers(EventLoop network, CachingObjectStore store) {
        this.network = network;
        this.store = store;
    }

    /** Answers a call, when its request is there. There is one: what comes after it is ignored. */
    void take(GrpcServerRequest<Buffer, Buffer> call) {
        call.messageHandler(request -> {
            call.messageHandler(more -> {});
            take(call, request);
        });
    }

    private void take(GrpcServerRequest<Buffer, Buffer> call, GrpcMessage request) {
        try {
            take(call, ClusterMessages.sharedRange(request.payload().getBytes()));
        } catch (CorruptException refused) {
            ClusterServer.refuse(call, GrpcStatus.INVALID_ARGUMENT,
                    "nothing is read: " + refused.getMessage());
        }
    }

    private void take(GrpcServerRequest<Buffer, Buffer> call, SharedRange asked) {
        int size = Math.max(asked.range().length(), ANSWER_BYTES_MIN);
        if (bytes + size > BYTES_MAX) {
            ClusterServer.refuse(call, GrpcStatus.RESOURCE_EXHAUSTED,
                    "this node answers too much already: read it from the bucket");
            return;
        }
        bytes += size;
        network.confine(store.getForPeer(asked.key(), asked.range()))
                .onFailure(failure -> refuse(call, failure))
                .compose(answer -> send(call, answer))
                .onComplete(done -> bytes -= size);
    }

    private static void refuse(GrpcServerRequest<Buffer, Buffer> call, Throwable failure) {
        ClusterServer.refuse(call, failure instanceof MissingObjectException
                ? GrpcStatus.NOT_FOUND
                : GrpcStatus.UNAVAILABLE, String.valueOf(failure.getMessage()));
    }

    /**
     * Complete when all of it is on its way, or the call is over. It is ended only then: the
     * library stumbles over an end that still waits when the caller hangs up.
     */
    private static Future<Void> send(GrpcServerRequest<Buffer, Buffer> call, Bytes answer) {
        List<Future<Void>> written = answer.slices().stream().map(piece -> call.response()
                .write(Buffer.buffer(ClusterMessages.encode(piece)))).toList();
        return Future.join(written).compose(all -> call.response().end());
    }
}
