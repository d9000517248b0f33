package io.cordwood.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import io.cordwood.runtime.AllocationBound;
import io.cordwood.runtime.RejectedException;
import io.cordwood.server.grpc.proto.Header;
import io.cordwood.server.grpc.proto.ProduceRequest;
import io.cordwood.server.grpc.proto.Record;
import io.cordwood.server.log.NewRecord;
import io.cordwood.store.batch.StoredRecord;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever message is sent is rejected, or its records are those that were meant. */
class MessageDecoderFuzzTest {

    private static final int MESSAGE_BYTES_MAX = 64 << 10;
    private static final AllocationBound BOUND = new AllocationBound(64L * MESSAGE_BYTES_MAX);
    private static final MessageDecoder<ProduceRequest> DECODER = new MessageDecoder<>(
            ProduceRequest.parser(), MESSAGE_BYTES_MAX);

    static Stream<Arguments> seeds() throws IOException {
        byte[] request = ProduceRequest.newBuilder().setTopic("orders").setPartition(3)
                .addRecords(Record.newBuilder().setKey(ByteString.copyFromUtf8("k"))
                        .setValue(ByteString.EMPTY).setTimestampMillis(1_700_000_000_000L)
                        .addHeaders(Header.newBuilder().setKey("h"))
                        .addHeaders(Header.newBuilder().setKey("ü").setValue(ByteString.EMPTY)))
                .addRecords(Record.getDefaultInstance()).build().toByteArray();
        return Stream.of(arguments(named("a request", request)),
                arguments(named("a compressed request", zipped(request))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsTakenIsWhatWasMeant(byte[] input) throws IOException {
        judge(GrpcMessage.message("identity", Buffer.buffer(input)));
        judge(GrpcMessage.message("gzip", Buffer.buffer(input)));
        judge(GrpcMessage.message("gzip", Buffer.buffer(zipped(input))));
    }

    private static void judge(GrpcMessage message) {
        BOUND.hold(() -> decode(message))
                .ifPresent(MessageDecoderFuzzTest::assertIsWhatWasMeant);
    }

    private static void assertIsWhatWasMeant(Appending appending) {
        ProduceRequest.Builder again = ProduceRequest.newBuilder()
                .setTopic(appending.topic().value());
        appending.records().getFirst().partition().ifPresent(again::setPartition);
        for (NewRecord taken : appending.records()) {
            again.addRecords(Records.toProto(new StoredRecord(7, taken.record())).getRecord());
        }

        assertThat(Appending.of(again.build(), appending.bytes())).isEqualTo(appending);
        assertThat(appending.bytes()).isBetween(1L, (long) MESSAGE_BYTES_MAX);
    }

    private static Optional<Appending> decode(GrpcMessage message) {
        try {
            Received<ProduceRequest> received = DECODER.decode(message);
            return Optional.of(Appending.of(received.value(), received.bytes()));
        } catch (RejectedException rejected) {
            return Optional.empty();
        }
    }

    private static byte[] zipped(byte[] message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(message);
        }
        return bytes.toByteArray();
    }
}
