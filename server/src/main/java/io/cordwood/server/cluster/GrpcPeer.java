package io.cordwood.server.cluster;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.server.settings.HostPort;
import io.cordwood.store.object.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads of what another node remembers, each a call. Confined to a loop of Vert.x. */
final class GrpcPeer implements PatientPeer.Calls {

    private static final ServiceMethod<Buffer, Buffer> READ = ServiceMethod.client(
            ClusterServer.SERVICE, ClusterServer.READ, GrpcMessageEncoder.IDENTITY,
            GrpcMessageDecoder.IDENTITY);

    private final GrpcClient client;
    private final UUID cluster;
    private final String address;
    private Optional<HttpConnection> connection = Optional.empty();

    /**
     * Not called yet.
     *
     * @param client with one connection to each address
     * @param cluster that both nodes belong to
     * @param address HOST:PORT; one that means nothing is one where nobody is
     */
    GrpcPeer(GrpcClient client, UUID cluster, String address) {
        this.client = client;
        this.cluster = cluster;
        this.address = address;
    }

    @Override
    public Future<Optional<Bytes>> read(SharedRange asked) {
        return Future.<Void>succeededFuture().compose(nothing -> {
            HostPort there = HostPort.parse(address);
            return client.request(SocketAddress.inetSocketAddress(there.port(), there.host()),
                    READ);
        }).compose(call -> call(call, asked));
    }

    @Override
    public void hangUp() {
        connection.ifPresent(HttpConnection::close);
        connection = Optional.empty();
    }

    private Future<Optional<Bytes>> call(GrpcClientRequest<Buffer, Buffer> call,
            SharedRange asked) {
        connection = Optional.of(call.connection());
        call.headers().set(ClusterServer.CLUSTER, cluster.toString());
        call.end(Buffer.buffer(ClusterMessages.encode(asked)));
        return call.response().compose(response -> new Answer(asked.range().length(), response)
                .whole());
    }

    /** An answer that arrives piece by piece. */
    private static final class Answer {

        private final int bytesMax;
        private final GrpcClientResponse<Buffer, Buffer> response;
        private final List<ByteBuffer> pieces = new ArrayList<>();
        private final Promise<Optional<Bytes>> whole = Promise.promise();
        private long bytes;

        Answer(int bytesMax, GrpcClientResponse<Buffer, Buffer> response) {
            this.bytesMax = bytesMax;
            this.response = response;
        }

        /** All of it; empty if the other node does not have it, or is busy. */
        Future<Optional<Bytes>> whole() {
            response.messageHandler(this::piece);
            response.invalidMessageHandler(invalid -> giveUp("a piece is larger than any"));
            response.errorHandler(error -> giveUp("the call is over: " + error));
            response.exceptionHandler(failure -> giveUp(failure.toString()));
            response.endHandler(nothing -> end(response.status()));
            return whole.future();
        }

        private void piece(GrpcMessage message) {
            byte[] encoded = message.payload().getBytes();
            bytes += encoded.length;
            if (bytes - encoded.length > bytesMax) {
                giveUp("the answer is longer than what was asked for");
            }
            if (!whole.future().isComplete()) {
                try {
                    pieces.add(ClusterMessages.piece(encoded));
                } catch (CorruptException damaged) {
                    giveUp(String.valueOf(damaged.getMessage()));
                }
            }
        }

        private void end(GrpcStatus status) {
            switch (status) {
                case OK -> whole.tryComplete(Optional.of(Bytes.of(pieces)));
                case NOT_FOUND, RESOURCE_EXHAUSTED -> whole.tryComplete(Optional.empty());
                default -> giveUp(response.statusMessage() + " (" + status.name() + ")");
            }
        }

        private void giveUp(String reason) {
            whole.tryFail(new UnavailableException(reason));
        }
    }
}
