package io.cordwood.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.grpc.EdgeServer.Ending;
import io.cordwood.server.grpc.proto.ListTopicsRequest;
import io.cordwood.server.grpc.proto.ListTopicsResponse;
import io.cordwood.server.grpc.proto.ProduceRequest;
import io.cordwood.server.grpc.proto.ProduceResponse;
import io.cordwood.server.grpc.proto.Record;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.grpc.common.GrpcStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BadInputTest {

    private static final String PRODUCE = "/cordwood.v1.Log/Produce";
    private static final Map<String, String> PLAIN = Map.of("content-type", "application/grpc");
    private static final Map<String, String> ZIPPED = Map.of("content-type", "application/grpc",
            "grpc-encoding", "gzip");

    private final EdgeServer server = new EdgeServer();

    @BeforeEach
    void createTopic() {
        server.log().createTopic(new TopicName("logs"), 1).await();
    }

    @AfterEach
    void theServerStillAnswersAndHoldsNothing() {
        assertThat(server.ask("ListTopics", ListTopicsRequest.getDefaultInstance(),
                ListTopicsResponse.getDefaultInstance()).status()).isEqualTo(GrpcStatus.OK);
        assertThat(server.log().reservedBytes()).isZero();
        server.close();
    }

    @Test
    void aMessageThatIsTooLargeIsRefused() {
        Ending<ProduceResponse> produced = server.ask("Produce", request("x".repeat(2 << 20)),
                ProduceResponse.getDefaultInstance());

        assertThat(produced.status()).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
        assertThat(produced.message()).contains("1048576");
        assertThat(server.log().records("logs", 0)).isEmpty();
    }

    @Test
    void aMessageThatUnpacksToTooMuchIsRefused() throws IOException {
        byte[] bomb = zip(request("x".repeat(20 << 20)).toByteArray());

        assertThat(bomb.length).isLessThan(EdgeServer.MESSAGE_BYTES_MAX);
        assertThat(post(HttpVersion.HTTP_2, PRODUCE, ZIPPED, frame(1, bomb)))
                .isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
    }

    @Test
    void aCompressedMessageIsTaken() throws IOException {
        byte[] zipped = zip(request("hello").toByteArray());

        assertThat(post(HttpVersion.HTTP_2, PRODUCE, ZIPPED, frame(1, zipped)))
                .isEqualTo(GrpcStatus.OK);
        assertThat(server.log().records("logs", 0)).hasSize(1);
    }

    @Test
    void aMessageThatIsNotCompressedAsItSaysIsRefused() {
        assertThat(post(HttpVersion.HTTP_2, PRODUCE, ZIPPED, frame(1, new byte[]{1, 2, 3})))
                .isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(post(HttpVersion.HTTP_2, PRODUCE, Map.of("content-type", "application/grpc",
                "grpc-encoding", "snappy"), frame(1, new byte[]{1, 2, 3})))
                .isEqualTo(GrpcStatus.UNIMPLEMENTED);
        assertThat(post(HttpVersion.HTTP_2, PRODUCE, PLAIN, frame(1, new byte[]{1, 2, 3})))
                .isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    }

    @Test
    void bytesThatAreNoMessageAreRefused() {
        byte[] garbage = {(byte) 0xff, (byte) 0xff, (byte) 0xff, 1};

        assertThat(post(HttpVersion.HTTP_2, PRODUCE, PLAIN, frame(0, garbage)))
                .isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    }

    @Test
    void aCallWithoutAMessageIsRefused() {
        assertThat(post(HttpVersion.HTTP_2, PRODUCE, PLAIN, Buffer.buffer()))
                .isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(post(HttpVersion.HTTP_2, PRODUCE, PLAIN, Buffer.buffer("cut")))
                .isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    }

    @Test
    void aMethodThatDoesNotExistIsNotImplemented() {
        Buffer message = frame(0, request("v").toByteArray());

        assertThat(post(HttpVersion.HTTP_2, "/cordwood.v1.Log/Nothing", PLAIN, message))
                .isEqualTo(GrpcStatus.UNIMPLEMENTED);
        assertThat(post(HttpVersion.HTTP_2, "/", PLAIN, message))
                .isEqualTo(GrpcStatus.UNIMPLEMENTED);
    }

    @Test
    void anotherContentTypeOrProtocolIsNotSupported() {
        Buffer message = frame(0, request("v").toByteArray());

        assertThat(httpStatus(HttpVersion.HTTP_2, "application/grpc+json", message)).isEqualTo(415);
        assertThat(httpStatus(HttpVersion.HTTP_2, "application/grpc-web", message)).isEqualTo(415);
        assertThat(httpStatus(HttpVersion.HTTP_1_1, "application/grpc", message)).isEqualTo(415);
        assertThat(server.log().records("logs", 0)).isEmpty();
    }

    private GrpcStatus post(HttpVersion version, String path, Map<String, String> headers,
            Buffer body) {
        return GrpcStatus.valueOf(Integer.parseInt(send(version, path, headers, body,
                response -> response.end().map(ended -> {
                    String trailer = response.getTrailer("grpc-status");
                    return trailer == null ? response.getHeader("grpc-status") : trailer;
                }))));
    }

    private int httpStatus(HttpVersion version, String contentType, Buffer body) {
        return send(version, PRODUCE, Map.of("content-type", contentType), body,
                response -> Future.succeededFuture(response.statusCode()));
    }

    /** Everything in one context: an answer that came before it is looked at would be lost. */
    private <T> T send(HttpVersion version, String path, Map<String, String> headers, Buffer body,
            Function<HttpClientResponse, Future<T>> answer) {
        HttpClient client = server.vertx().createHttpClient(new HttpClientOptions()
                .setProtocolVersion(version).setHttp2ClearTextUpgrade(false));
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST)
                .setHost("127.0.0.1").setPort(server.port()).setURI(path);
        headers.forEach(options::addHeader);
        Promise<T> promise = Promise.promise();
        server.vertx().runOnContext(here -> client.request(options)
                .compose(request -> request.send(body)).compose(answer).onComplete(promise));
        return promise.future().await();
    }

    private static Buffer frame(int compressed, byte[] message) {
        return Buffer.buffer().appendByte((byte) compressed).appendInt(message.length)
                .appendBytes(message);
    }

    private static byte[] zip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream output = new GZIPOutputStream(zipped)) {
            output.write(bytes);
        }
        return zipped.toByteArray();
    }

    private static ProduceRequest request(String value) {
        return ProduceRequest.newBuilder().setTopic("logs").addRecords(Record.newBuilder()
                .setValue(ByteString.copyFrom(value, UTF_8))).build();
    }
}
