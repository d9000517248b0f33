package io.cordwood.server.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.cluster.FromCommitter;
import io.cordwood.cluster.LineEnd;
import io.cordwood.cluster.ToCommitter;
import io.cordwood.manifest.commit.ReserveProducerIds;
import io.cordwood.runtime.CorruptException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceName;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClusterServerTest {

    private static final ToCommitter HELLO = new ToCommitter.Hello(new UUID(1, 2), 3);
    private static final byte[] HELLO_BYTES = ClusterMessages.OF_ATTENDANT.encode().apply(HELLO)
            .toByteArray();

    private final TwoNodes nodes = new TwoNodes();
    private final GrpcClient client = GrpcClient.client(nodes.vertx, new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void aNodeThatIsNotOpenYetTakesNoCalls() throws InterruptedException {
        assertThatRefused(call(TwoNodes.CLUSTER.toString(), HELLO_BYTES), GrpcStatus.UNAVAILABLE,
                "this node is not open yet: try again");

        Speaker<ToCommitter, FromCommitter> near = nodes.open();
        near.send(HELLO);
        near.awaitClosed();

        nodes.serve();
        Speaker<ToCommitter, FromCommitter> again = nodes.open();
        again.send(HELLO);
        assertThat(nodes.accepted().next()).isEqualTo(HELLO);
    }

    @Test
    void aNodeTakesNoCallsOfAnotherCluster() throws InterruptedException {
        nodes.serve();
        UUID other = new UUID(8, 8);

        assertThatRefused(call(other.toString(), HELLO_BYTES), GrpcStatus.FAILED_PRECONDITION,
                "this node belongs to the cluster " + TwoNodes.CLUSTER
                        + ", and the one that calls to " + other);
        assertThatRefused(call("", HELLO_BYTES), GrpcStatus.FAILED_PRECONDITION,
                "this node belongs to the cluster " + TwoNodes.CLUSTER
                        + ", and the one that calls to none");
        Speaker<ToCommitter, FromCommitter> near = nodes.open(other,
                TwoNodes.HOST + ":" + nodes.server.port());
        near.send(HELLO);
        near.awaitClosed();

        assertThat(nodes.hasAccepted()).isFalse();
    }

    @Test
    void whatIsNoMessageClosesTheLineAndHarmsNoOther() throws InterruptedException {
        Speaker<ToCommitter, FromCommitter> near = nodes.serve().open();
        near.send(HELLO);
        Speaker<FromCommitter, ToCommitter> far = nodes.accepted();
        far.next();

        for (byte[] garbage : List.of(new byte[0], "garbage".getBytes(UTF_8),
                random(100_000), damaged(proposal()))) {
            GrpcClientRequest<Buffer, Buffer> call = call(TwoNodes.CLUSTER.toString(), garbage);

            Speaker<FromCommitter, ToCommitter> victim = nodes.accepted();
            victim.awaitClosed();
            assertThat(call.response().transform(Future::succeededFuture).await().succeeded())
                    .isFalse();
            assertThat(victim.timesClosed()).isEqualTo(1);
        }

        far.send(new FromCommitter.Alive(9));
        assertThat(near.next()).isEqualTo(new FromCommitter.Alive(9));
    }

    @Test
    void whatCameBeforeWhatIsNoMessageIsHeard() throws InterruptedException {
        nodes.serve();

        call(TwoNodes.CLUSTER.toString(), HELLO_BYTES, "garbage".getBytes(UTF_8));

        Speaker<FromCommitter, ToCommitter> far = nodes.accepted();
        assertThat(far.next()).isEqualTo(HELLO);
        far.awaitClosed();
    }

    @Test
    void messagesAreNeitherCompressedNorLargerThanAny() throws InterruptedException {
        nodes.serve();

        GrpcClientRequest<Buffer, Buffer> compressed = begin(TwoNodes.CLUSTER.toString());
        compressed.encoding("gzip");
        compressed.writeMessage(GrpcMessage.message("gzip", Buffer.buffer(HELLO_BYTES)));
        nodes.accepted().awaitClosed();

        call(TwoNodes.CLUSTER.toString(), new byte[ClusterMessages.SIZE_MAX + 1]);
        nodes.accepted().awaitClosed();
    }

    @Test
    void aMessageThatOnlySaysThatItIsCompressedClosesTheLine() throws InterruptedException {
        nodes.serve();
        GrpcClientRequest<Buffer, Buffer> call = begin(TwoNodes.CLUSTER.toString());

        call.writeMessage(GrpcMessage.message("other", Buffer.buffer("garbage")));

        nodes.accepted().awaitClosed();
    }

    @Test
    void whatIsDamagedWithinAMessageClosesTheLineToo() throws InterruptedException {
        nodes.server.serve(TwoNodes.CLUSTER, line -> new Refusing(), nodes.far);
        Speaker<ToCommitter, FromCommitter> near = nodes.open();

        near.send(HELLO);

        near.awaitClosed();
    }

    @Test
    void bytesThatAreNoCallHarmNobody() throws IOException, InterruptedException {
        Speaker<ToCommitter, FromCommitter> near = nodes.serve().open();
        near.send(HELLO);
        Speaker<FromCommitter, ToCommitter> far = nodes.accepted();

        for (byte[] garbage : List.of(random(50_000), "GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8),
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\ngarbage and more of it".getBytes(UTF_8))) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(),
                    nodes.server.port())) {
                socket.getOutputStream().write(garbage);
            }
        }

        far.send(new FromCommitter.Alive(9));
        assertThat(near.next()).isEqualTo(new FromCommitter.Alive(9));
        assertThat(nodes.hasAccepted()).isFalse();
    }

    @Test
    void thereAreNoOtherMethods() {
        nodes.serve();
        GrpcClientRequest<Buffer, Buffer> call = begin(TwoNodes.CLUSTER.toString());
        call.methodName("Other");

        call.write(Buffer.buffer(HELLO_BYTES));

        assertThatRefused(call, GrpcStatus.UNIMPLEMENTED,
                "Method not found: cordwood.cluster.v1.Cluster/Other");
    }

    @Test
    void anAddressThatIsTakenCannotBeListenedOn() {
        assertThatThrownBy(() -> ClusterServer.start(nodes.vertx, nodes.network, TwoNodes.HOST,
                takenPort()).await()).isInstanceOf(BindException.class);
    }

    @Test
    void aCallThatIsGivenUpClosesTheLine() throws InterruptedException {
        nodes.serve();
        GrpcClientRequest<Buffer, Buffer> call = call(TwoNodes.CLUSTER.toString(), HELLO_BYTES);
        Speaker<FromCommitter, ToCommitter> far = nodes.accepted();
        far.next();

        call.cancel();

        far.awaitClosed();
        assertThat(far.send(new FromCommitter.Entry(1, ByteBuffer.allocate(1)))).isTrue();
    }

    @Test
    void aCallThatSaysNothingMoreIsOver() throws InterruptedException {
        nodes.serve();
        GrpcClientRequest<Buffer, Buffer> call = call(TwoNodes.CLUSTER.toString(), HELLO_BYTES);
        Speaker<FromCommitter, ToCommitter> far = nodes.accepted();

        call.end();

        far.awaitClosed();
    }

    /** Somebody to whom every message is damaged. */
    private record Refusing() implements LineEnd<ToCommitter> {

        @Override
        public void received(ToCommitter message) {
            throw new CorruptException("an entry is damaged");
        }

        @Override
        public void closed() {}
    }

    private int takenPort() {
        return nodes.server.port();
    }

    private GrpcClientRequest<Buffer, Buffer> begin(String cluster) {
        GrpcClientRequest<Buffer, Buffer> call = client.request(
                SocketAddress.inetSocketAddress(nodes.server.port(), TwoNodes.HOST)).await();
        call.serviceName(ServiceName.create("cordwood.cluster.v1.Cluster")).methodName("Attend");
        if (!cluster.isEmpty()) {
            call.headers().set("cordwood-cluster", cluster);
        }
        return call;
    }

    private GrpcClientRequest<Buffer, Buffer> call(String cluster, byte[]... messages) {
        GrpcClientRequest<Buffer, Buffer> call = begin(cluster);
        for (byte[] message : messages) {
            call.write(Buffer.buffer(message));
        }
        return call;
    }

    private static void assertThatRefused(GrpcClientRequest<Buffer, Buffer> call,
            GrpcStatus status, String message) {
        GrpcClientResponse<Buffer, Buffer> response = call.response().await();
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.statusMessage()).isEqualTo(message);
    }

    private static byte[] proposal() {
        return ClusterMessages.OF_ATTENDANT.encode()
                .apply(new ToCommitter.Propose(1, new ReserveProducerIds(5))).toByteArray();
    }

    private static byte[] damaged(byte[] message) {
        message[message.length - 1] ^= 1;
        return message;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
