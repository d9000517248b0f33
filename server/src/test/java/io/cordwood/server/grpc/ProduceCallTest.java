package io.cordwood.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.server.grpc.EdgeServer.Ending;
import io.cordwood.server.grpc.proto.ErrorCode;
import io.cordwood.server.grpc.proto.FetchRequest;
import io.cordwood.server.grpc.proto.FetchResponse;
import io.cordwood.server.grpc.proto.Header;
import io.cordwood.server.grpc.proto.ProduceRequest;
import io.cordwood.server.grpc.proto.ProduceResponse;
import io.cordwood.server.grpc.proto.Record;
import io.cordwood.server.log.AppendResult;
import io.cordwood.store.batch.LogRecord;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProduceCallTest {

    private final EdgeServer server = new EdgeServer();

    @BeforeEach
    void createTopic() {
        server.log().createTopic(new TopicName("logs"), 3).await();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void whatIsProducedIsFetchedTheSameWithNullAndEmptyKeptApart() {
        List<Record> records = List.of(
                Record.getDefaultInstance(),
                Record.newBuilder().setKey(ByteString.EMPTY).setValue(ByteString.EMPTY)
                        .setTimestampMillis(0).build(),
                Record.newBuilder().setKey(bytes("k")).setValue(bytes("v"))
                        .setTimestampMillis(1_700_000_000_000L)
                        .addHeaders(Header.newBuilder().setKey("a").setValue(bytes("1")))
                        .addHeaders(Header.newBuilder().setKey("a"))
                        .addHeaders(Header.newBuilder().setKey("").setValue(ByteString.EMPTY))
                        .build());

        Ending<ProduceResponse> produced = produce(ProduceRequest.newBuilder().setTopic("logs")
                .setPartition(2).addAllRecords(records).build());
        Ending<FetchResponse> fetched = server.ask("Fetch", FetchRequest.newBuilder()
                .setTopic("logs").setPartition(2).build(), FetchResponse.getDefaultInstance());

        assertThat(produced.status()).isEqualTo(GrpcStatus.OK);
        assertThat(produced.answers().getFirst().getResultsList())
                .allSatisfy(result -> assertThat(result.getStored().getPartition()).isEqualTo(2))
                .extracting(result -> result.getStored().getOffset()).containsExactly(0L, 1L, 2L);
        assertThat(fetched.answers()).hasSize(1);
        assertThat(fetched.answers().getFirst().getRecordsList())
                .extracting(io.cordwood.server.grpc.proto.StoredRecord::getRecord)
                .isEqualTo(records);
    }

    @Test
    void aRecordWithoutATimeLeavesItToTheLog() {
        produce(ProduceRequest.newBuilder().setTopic("logs").addRecords(record("v")).build());

        assertThat(server.log().records("logs", 0).getFirst().record().timestampMillis())
                .isEqualTo(LogRecord.NO_TIMESTAMP);
    }

    @Test
    void aRecordThatCannotBeStoredDoesNotDisturbTheOthers() {
        server.log().changeResults(results -> List.of(results.getFirst(),
                new AppendResult.Failed(new UnavailableException("full: send slower")),
                results.getLast()));

        Ending<ProduceResponse> produced = produce(ProduceRequest.newBuilder().setTopic("logs")
                .addRecords(record("a")).addRecords(record("b")).addRecords(record("c")).build());

        assertThat(produced.status()).isEqualTo(GrpcStatus.OK);
        ProduceResponse answer = produced.answers().getFirst();
        assertThat(answer.getResults(0).hasStored()).isTrue();
        assertThat(answer.getResults(1).getError().getCode()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(answer.getResults(1).getError().getMessage()).isEqualTo("full: send slower");
        assertThat(answer.getResults(2).hasStored()).isTrue();
    }

    @Test
    void aTopicThatDoesNotExistIsNotFound() {
        Ending<ProduceResponse> produced = produce(ProduceRequest.newBuilder().setTopic("nothing")
                .addRecords(record("v")).build());

        assertThat(produced.status()).isEqualTo(GrpcStatus.NOT_FOUND);
        assertThat(produced.message()).isEqualTo("there is no topic nothing");
        assertThat(server.log().reservedBytes()).isZero();
    }

    @Test
    void aMalformedRequestIsRefusedAsAWholeAndNothingIsStored() {
        Ending<ProduceResponse> noRecords = produce(
                ProduceRequest.newBuilder().setTopic("logs").build());
        Ending<ProduceResponse> badName = produce(ProduceRequest.newBuilder().setTopic("../etc")
                .addRecords(record("v")).build());
        Ending<ProduceResponse> badTime = produce(ProduceRequest.newBuilder().setTopic("logs")
                .addRecords(record("v"))
                .addRecords(Record.newBuilder().setTimestampMillis(-1)).build());

        assertThat(noRecords.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(badName.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(badTime.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(badTime.message()).contains("record 1", "-1");
        assertThat(server.log().records("logs", 0)).isEmpty();
    }

    @Test
    void roomIsHeldWhileTheRecordsAreNotDurableAndGivenBackAfterwards() throws Exception {
        server.log().holdAppends();
        ProduceRequest request = ProduceRequest.newBuilder().setTopic("logs")
                .addRecords(record("v")).build();

        Future<Ending<ProduceResponse>> produced = begin(request);
        server.log().awaitWaitingAppends(1);
        long held = server.log().reservedBytes();
        server.log().finishAppends();

        assertThat(produced.await().status()).isEqualTo(GrpcStatus.OK);
        assertThat(held).isEqualTo(request.getSerializedSize());
        assertThat(server.log().reservedBytes()).isZero();
    }

    @Test
    void withoutRoomNothingIsAppended() throws Exception {
        server.log().holdReservations();

        Future<Ending<ProduceResponse>> produced = begin(ProduceRequest.newBuilder()
                .setTopic("logs").addRecords(record("v")).build());
        server.log().awaitWaitingReservations(1);
        server.log().refuseReservations(new UnavailableException("no room: try again later"));

        assertThat(produced.await().status()).isEqualTo(GrpcStatus.UNAVAILABLE);
        assertThat(produced.await().message()).isEqualTo("no room: try again later");
        assertThat(server.log().records("logs", 0)).isEmpty();
        assertThat(server.log().reservedBytes()).isZero();
    }

    private Ending<ProduceResponse> produce(ProduceRequest request) {
        return server.ask("Produce", request, ProduceResponse.getDefaultInstance());
    }

    private Future<Ending<ProduceResponse>> begin(ProduceRequest request) {
        return EdgeServer.ask(server.call("Produce", ProduceResponse.getDefaultInstance()),
                request);
    }

    private static Record record(String value) {
        return Record.newBuilder().setValue(bytes(value)).build();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFrom(text, UTF_8);
    }
}
