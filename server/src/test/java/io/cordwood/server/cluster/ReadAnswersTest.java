package io.cordwood.server.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.cache.CacheSettings;
import io.cordwood.cache.CachingObjectStore;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.server.cluster.proto.ClusterProto.ReadRequest;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said to whoever reads, whatever it asks for. */
@Timeout(60)
class ReadAnswersTest {

    private static final String KEY = "segments/00/one";
    private static final int LARGEST = 8 << 20;

    private final TwoNodes nodes = new TwoNodes();
    private final ManualEventLoop delays = new ManualEventLoop();
    private final MemoryObjectStore objects = new MemoryObjectStore(() -> Instant.EPOCH);
    private final GrpcClient client = GrpcClient.client(nodes.vertx,
            new GrpcClientOptions().setMaxMessageSize(LARGEST), new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    private final BlockingQueue<GrpcStatus> ends = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void whatIsNotSharedIsRefused() throws InterruptedException {
        share(Duration.ZERO);

        for (String key : List.of("cluster", "manifest/checkpoint/00000000000000000001",
                "manifest/boundary/00000000000000000001", "segments", "secrets/segments/1", "",
                "segments/../cluster", "/etc/passwd")) {
            read(request(key, 0, 1));
            assertThat(end()).as(key).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        }
    }

    @Test
    void aRangeThatIsNoneOrTooLongIsRefused() throws InterruptedException {
        share(Duration.ZERO);

        for (byte[] bad : List.of(request(KEY, 0, 0), request(KEY, 0, LARGEST + 1),
                request(KEY, 0, -1), request(KEY, -1, 1), request(KEY, Long.MAX_VALUE, 1),
                "garbage".getBytes(UTF_8), new byte[0])) {
            read(bad);
            assertThat(end()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        }
    }

    @Test
    void whatIsThereIsAnsweredAndWhatIsNotIsNotFound() throws InterruptedException {
        share(Duration.ZERO);
        objects.put(new ObjectKey(KEY), Bytes.wrap(new byte[100]));

        read(request(KEY, 90, LARGEST));
        assertThat(end()).isEqualTo(GrpcStatus.OK);
        read(request(KEY, 100, 1));
        assertThat(end()).isEqualTo(GrpcStatus.NOT_FOUND);
        read(request("segments/00/other", 0, 1));
        assertThat(end()).isEqualTo(GrpcStatus.NOT_FOUND);
    }

    @Test
    void whoAsksTwiceInOneCallIsAnsweredOnce() throws InterruptedException {
        share(Duration.ZERO);
        objects.put(new ObjectKey(KEY), Bytes.wrap(new byte[100]));

        read(request(KEY, 90, 10), request("cluster", 0, 1), request(KEY, 0, 10));

        assertThat(end()).isEqualTo(GrpcStatus.OK);
    }

    @Test
    void whatIsTooMuchAtOnceIsRefusedUntilThereIsRoom() throws InterruptedException {
        share(Duration.ofHours(1));
        for (int i = 0; i < 8; i++) {
            read(request("segments/00/" + i, 0, LARGEST));
        }
        read(request(KEY, 0, 1));
        assertThat(end()).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);

        answerAll();
        for (int i = 0; i < 8; i++) {
            assertThat(end()).isEqualTo(GrpcStatus.NOT_FOUND);
        }
        for (int i = 0; i < 64; i++) {
            read(request("segments/00/" + i, 0, 1));
        }
        read(request(KEY, 0, 1));
        assertThat(end()).as("small ones count as a block")
                .isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
        answerAll();
    }

    @Test
    void whoHangsUpLeavesRoomForOthers() throws InterruptedException {
        share(Duration.ofHours(1));
        GrpcClientRequest<Buffer, Buffer> call = read(request("segments/00/0", 0, LARGEST));
        for (int i = 1; i < 8; i++) {
            read(request("segments/00/" + i, 0, LARGEST));
        }
        read(request(KEY, 0, 1));
        assertThat(end()).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
        for (int i = 0; i < 8; i++) {
            objects.put(new ObjectKey("segments/00/" + i), Bytes.wrap(new byte[LARGEST]));
        }

        call.connection().close().await();
        answerAll();

        read(request("segments/00/0", 0, LARGEST));
        assertThat(end()).isEqualTo(GrpcStatus.OK);
    }

    @Test
    void whoHangsUpAmidAnAnswerLeavesRoomForOthers() throws InterruptedException {
        share(Duration.ZERO);
        objects.put(new ObjectKey(KEY), Bytes.wrap(new byte[LARGEST]));
        for (int i = 0; i < 20; i++) {
            GrpcClientRequest<Buffer, Buffer> call = begin();
            call.end(Buffer.buffer(request(KEY, 0, LARGEST)));
            GrpcClientResponse<Buffer, Buffer> response = call.response().await();
            response.pause();
            call.connection().close().await();
        }

        read(request(KEY, 0, LARGEST));

        assertThat(end()).isEqualTo(GrpcStatus.OK);
    }

    /** The node shares a cache whose bucket takes so long. */
    private void share(Duration lag) {
        nodes.serve();
        nodes.server.share(CachingObjectStore.inMemory(lag.isZero()
                ? objects
                : new LaggingObjectStore(objects, delays, operation -> lag),
                new CacheSettings(512L << 20, 0)));
    }

    /** Lets the bucket answer, on the loop where it is asked. */
    private void answerAll() {
        nodes.network.submit(() -> {
            delays.advance(Duration.ofHours(2));
            return Future.succeededFuture();
        }).await();
    }

    private static byte[] request(String key, long position, int length) {
        return ReadRequest.newBuilder().setKey(key).setPosition(position).setLength(length).build()
                .toByteArray();
    }

    private GrpcClientRequest<Buffer, Buffer> begin() {
        GrpcClientRequest<Buffer, Buffer> call = client.request(
                SocketAddress.inetSocketAddress(nodes.server.port(), TwoNodes.HOST)).await();
        call.serviceName(ServiceName.create("cordwood.cluster.v1.Cluster")).methodName("Read");
        call.headers().set("cordwood-cluster", TwoNodes.CLUSTER.toString());
        return call;
    }

    private GrpcClientRequest<Buffer, Buffer> read(byte[]... messages) {
        GrpcClientRequest<Buffer, Buffer> call = begin();
        for (byte[] message : messages) {
            call.write(Buffer.buffer(message));
        }
        call.end();
        call.response().onSuccess(this::hear);
        return call;
    }

    private void hear(GrpcClientResponse<Buffer, Buffer> response) {
        List<ByteBuffer> pieces = new ArrayList<>();
        response.messageHandler(message -> pieces
                .add(ClusterMessages.piece(message.payload().getBytes())));
        response.endHandler(nothing -> ends.add(response.status()));
    }

    private GrpcStatus end() throws InterruptedException {
        GrpcStatus status = ends.poll(30, TimeUnit.SECONDS);
        if (status == null) {
            throw new AssertionError("no call has ended");
        }
        return status;
    }
}
