package io.cordwood.server.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.cordwood.cluster.FromCommitter;
import io.cordwood.cluster.ToCommitter;
import io.cordwood.manifest.commit.Proposal;
import io.cordwood.manifest.commit.ReserveProducerIds;
import io.cordwood.manifest.commit.WriteGroupRecords;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.runtime.EventLoop;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GrpcLinesTest {

    private static final ToCommitter HELLO = new ToCommitter.Hello(new UUID(1, 2), 3);
    private static final int LARGE = 1 << 20;

    /** What may be under way to somebody who does not read: at both ends, and in between. */
    private static final long UNDER_WAY_MAX = 100 << 20;

    private final TwoNodes nodes = new TwoNodes();
    private final CountDownLatch listening = new CountDownLatch(1);

    @AfterEach
    void stop() {
        listening.countDown();
        nodes.close();
    }

    @Test
    void whatIsSaidArrivesInOrderInBothDirections() throws InterruptedException {
        Speaker<ToCommitter, FromCommitter> near = nodes.serve().open();
        near.send(HELLO);
        Speaker<FromCommitter, ToCommitter> far = nodes.accepted();
        far.send(new FromCommitter.Welcome(4, 5));

        for (int i = 1; i <= 2_000; i++) {
            assertThat(near.send(new ToCommitter.Propose(i, new ReserveProducerIds(i)))).isTrue();
            assertThat(far.send(new FromCommitter.Judged(i, i))).isTrue();
            assertThat(far.send(new FromCommitter.Alive(i))).isTrue();
        }

        assertThat(far.next()).isEqualTo(HELLO);
        assertThat(near.next()).isEqualTo(new FromCommitter.Welcome(4, 5));
        for (int i = 1; i <= 2_000; i++) {
            assertThat(far.next())
                    .isEqualTo(new ToCommitter.Propose(i, new ReserveProducerIds(i)));
            assertThat(near.next()).isEqualTo(new FromCommitter.Judged(i, i));
            assertThat(near.next()).isEqualTo(new FromCommitter.Alive(i));
        }
    }

    @Test
    void theLargestEntryArrives() throws InterruptedException {
        Speaker<ToCommitter, FromCommitter> near = nodes.serve().open();
        near.send(HELLO);
        byte[] object = new byte[EntryCodec.SIZE_MAX];
        new Random(1).nextBytes(object);

        nodes.accepted().send(new FromCommitter.Entry(7, ByteBuffer.wrap(object)));

        assertThat(near.next()).isEqualTo(new FromCommitter.Entry(7, ByteBuffer.wrap(object)));
    }

    @Test
    void aLargeProposalArrives() throws InterruptedException {
        Speaker<ToCommitter, FromCommitter> near = nodes.serve().open();
        ToCommitter large = proposal(1, 60 << 20);

        near.send(large);

        assertThat(nodes.accepted().next()).isEqualTo(large);
    }

    @Test
    void whoCallsMayCloseTheLine() throws InterruptedException {
        Speaker<ToCommitter, FromCommitter> near = nodes.serve().open();
        near.send(HELLO);
        Speaker<FromCommitter, ToCommitter> far = nodes.accepted();
        far.next();

        near.close();
        near.close();

        near.awaitClosed();
        far.awaitClosed();
        assertThat(near.send(HELLO)).isTrue();
        assertThat(far.send(new FromCommitter.Alive(1))).isTrue();
        assertThatEachWasToldOnce(near, far);
    }

    @Test
    void whoIsCalledMayCloseTheLine() throws InterruptedException {
        Speaker<ToCommitter, FromCommitter> near = nodes.serve().open();
        near.send(HELLO);
        Speaker<FromCommitter, ToCommitter> far = nodes.accepted();
        far.send(new FromCommitter.Alive(1));
        near.next();

        far.close();

        near.awaitClosed();
        far.awaitClosed();
        assertThat(near.send(HELLO)).isTrue();
        assertThatEachWasToldOnce(near, far);
    }

    @Test
    void bothMayCloseTheLine() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            Speaker<ToCommitter, FromCommitter> near = nodes.serve().open();
            near.send(HELLO);
            Speaker<FromCommitter, ToCommitter> far = nodes.accepted();

            far.close();
            near.close();

            near.awaitClosed();
            far.awaitClosed();
            assertThat(near.timesClosed() + far.timesClosed()).isEqualTo(2);
        }
    }

    @Test
    void whenANodeListensNoMoreItsLinesAreClosed() throws InterruptedException {
        Speaker<ToCommitter, FromCommitter> near = nodes.serve().open();
        near.send(HELLO);
        Speaker<FromCommitter, ToCommitter> far = nodes.accepted();
        far.send(new FromCommitter.Alive(1));
        near.next();

        nodes.server.close().await();

        near.awaitClosed();
        far.awaitClosed();
        assertThatEachWasToldOnce(near, far);
    }

    @Test
    void whatIsSentToOneWhoDoesNotListenIsBounded() throws InterruptedException {
        Speaker<ToCommitter, FromCommitter> near = nodes.serve().open();
        near.send(HELLO);
        Speaker<FromCommitter, ToCommitter> far = nodes.accepted();
        block(nodes.near);

        long sent = sendAllThatThereIsRoomFor(far, i -> new FromCommitter.Entry(i,
                ByteBuffer.allocate(LARGE)));

        assertThat(sent).isBetween(1L, UNDER_WAY_MAX / LARGE);
        listening.countDown();
        for (long i = 1; i <= sent; i++) {
            assertThat(((FromCommitter.Entry) near.next()).sequence()).isEqualTo(i);
        }
        assertThat(far.send(new FromCommitter.Alive(sent))).isTrue();
        assertThat(near.next()).isEqualTo(new FromCommitter.Alive(sent));
    }

    @Test
    void whatIsProposedToOneWhoDoesNotListenIsBounded() throws InterruptedException {
        Speaker<ToCommitter, FromCommitter> near = nodes.serve().open();
        near.send(HELLO);
        Speaker<FromCommitter, ToCommitter> far = nodes.accepted();
        far.next();
        block(nodes.far);

        long sent = sendAllThatThereIsRoomFor(near, i -> proposal(i, LARGE));

        assertThat(sent).isBetween(1L, UNDER_WAY_MAX / LARGE);
        listening.countDown();
        for (long i = 1; i <= sent; i++) {
            assertThat(((ToCommitter.Propose) far.next()).number()).isEqualTo(i);
        }
        assertThat(near.send(HELLO)).isTrue();
        assertThat(far.next()).isEqualTo(HELLO);
    }

    @Test
    void aLineToOneWhoDoesNotReadIsClosedAndFreed() throws InterruptedException {
        Speaker<ToCommitter, FromCommitter> near = nodes.serve().open();
        near.send(HELLO);
        Speaker<FromCommitter, ToCommitter> far = nodes.accepted();
        block(nodes.near);
        sendAllThatThereIsRoomFor(far,
                i -> new FromCommitter.Entry(i, ByteBuffer.allocate(LARGE)));

        far.close();

        far.awaitClosed();
        listening.countDown();
        near.awaitClosed();
        assertThatEachWasToldOnce(near, far);
    }

    @Test
    void whereNobodyListensTheLineIsClosed() throws InterruptedException, IOException {
        Speaker<ToCommitter, FromCommitter> near = nodes.open(TwoNodes.CLUSTER,
                TwoNodes.HOST + ":" + freePort());

        assertThat(near.send(HELLO)).isTrue();

        near.awaitClosed();
        assertThatEachWasToldOnce(near);
    }

    @Test
    void anAddressThatIsNoneIsOneWhereNobodyListens() throws InterruptedException {
        for (String address : List.of("", "nowhere", "127.0.0.1:0", "127.0.0.1:99999",
                "no.such.host.invalid:1")) {
            Speaker<ToCommitter, FromCommitter> near = nodes.open(TwoNodes.CLUSTER, address);

            near.send(HELLO);

            near.awaitClosed();
        }
    }

    @Test
    void oneWhoIsSilentFromTheStartIsLeft() throws IOException, InterruptedException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Speaker<ToCommitter, FromCommitter> near = nodes.open(TwoNodes.CLUSTER,
                    TwoNodes.HOST + ":" + silent.getLocalPort());
            near.send(HELLO);
            try (Socket connected = silent.accept()) {
                long sent = sendAllThatThereIsRoomFor(near, i -> proposal(i, LARGE));

                near.close();

                near.awaitClosed();
                assertThat(sent).isBetween(1L, UNDER_WAY_MAX / LARGE);
                assertThatConnectionEnds(connected);
            }
            assertThatEachWasToldOnce(near);
        }
    }

    @Test
    void whereSomethingElseListensTheLineIsClosed() throws InterruptedException {
        List<Handler<HttpServerRequest>> others = List.of(
                request -> request.response().setStatusCode(404).end("not here"),
                request -> request.response().end("<html>"),
                request -> request.response().putHeader("content-type", "application/grpc")
                        .end("garbage, of which no message can be made"),
                request -> request.response().putHeader("content-type", "application/grpc")
                        .putHeader("grpc-status", "none").end(),
                request -> request.connection().close());
        for (Handler<HttpServerRequest> other : others) {
            HttpServer server = nodes.vertx.createHttpServer().requestHandler(other)
                    .listen(0, TwoNodes.HOST).await();
            Speaker<ToCommitter, FromCommitter> near = nodes.open(TwoNodes.CLUSTER,
                    TwoNodes.HOST + ":" + server.actualPort());

            near.send(HELLO);

            near.awaitClosed();
        }
    }

    @Test
    void whereSomethingIsListeningThatIsNotHttpTheLineIsClosed()
            throws InterruptedException, IOException {
        for (String greeting : List.of("220 mail.example.org\r\n", "HTTP/1.1 400 No\r\n\r\n",
                "\0\0\0\4\0\0\0\0\0and more that is no frame of HTTP/2")) {
            try (ServerSocket other = new ServerSocket(0, 1,
                    InetAddress.getLoopbackAddress())) {
                Speaker<ToCommitter, FromCommitter> near = nodes.open(TwoNodes.CLUSTER,
                        TwoNodes.HOST + ":" + other.getLocalPort());
                near.send(HELLO);
                try (Socket connected = other.accept()) {
                    connected.getOutputStream().write(greeting.getBytes(UTF_8));

                    near.awaitClosed();
                }
            }
        }
    }

    @Test
    void aLineIsTheOnlyOneOnItsConnection() throws InterruptedException {
        Speaker<ToCommitter, FromCommitter> first = nodes.serve().open();
        first.send(HELLO);
        Speaker<FromCommitter, ToCommitter> farFirst = nodes.accepted();
        Speaker<ToCommitter, FromCommitter> second = nodes.open();
        second.send(HELLO);
        Speaker<FromCommitter, ToCommitter> farSecond = nodes.accepted();

        farFirst.close();

        first.awaitClosed();
        farSecond.send(new FromCommitter.Alive(9));
        assertThat(second.next()).isEqualTo(new FromCommitter.Alive(9));
        assertThat(second.timesClosed()).isZero();
    }

    private void assertThatEachWasToldOnce(Speaker<?, ?>... speakers) {
        nodes.close();

        assertThat(speakers).allSatisfy(
                speaker -> assertThat(speaker.timesClosed()).isEqualTo(1));
    }

    private static void assertThatConnectionEnds(Socket connected) throws IOException {
        connected.setSoTimeout(30_000);
        try {
            connected.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    /** Nothing runs on the loop from now on, until somebody is listening. */
    private void block(EventLoop loop) throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        loop.execute(() -> {
            blocked.countDown();
            try {
                listening.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        blocked.await();
    }

    /** Sends until nothing that was sent goes anywhere any more; how many were sent. */
    private static <S> long sendAllThatThereIsRoomFor(Speaker<S, ?> speaker,
            LongFunction<S> message) throws InterruptedException {
        long sent = 0;
        int refusals = 0;
        while (refusals < 20 && sent < 1_000) {
            if (speaker.send(message.apply(sent + 1))) {
                sent++;
                refusals = 0;
            } else {
                refusals++;
                Thread.sleep(20);
            }
        }
        return sent;
    }

    private static ToCommitter proposal(long number, int bytes) {
        Proposal<?> proposal = new WriteGroupRecords(new GroupShard(1),
                new WriteGroupRecords.Turn(1, number),
                List.of(new GroupRecord(ByteString.copyFromUtf8("k"),
                        Optional.of(ByteString.copyFrom(new byte[bytes])))),
                Optional.empty());
        return new ToCommitter.Propose(number, proposal);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
