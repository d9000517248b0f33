package io.cordwood.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.server.grpc.EdgeServer.Ending;
import io.cordwood.server.grpc.proto.ErrorCode;
import io.cordwood.server.grpc.proto.ListTopicsRequest;
import io.cordwood.server.grpc.proto.ListTopicsResponse;
import io.cordwood.server.grpc.proto.ProduceRequest;
import io.cordwood.server.grpc.proto.ProduceStreamRequest;
import io.cordwood.server.grpc.proto.ProduceStreamResponse;
import io.cordwood.server.grpc.proto.Record;
import io.cordwood.server.log.RecordLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProduceStreamCallTest {

    private final EdgeServer server = new EdgeServer();
    private final ScriptedLog log = server.log();

    @BeforeEach
    void createTopic() {
        log.createTopic(new TopicName("logs"), 1).await();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void manyRequestsInFlightAreStoredAndAnsweredInTheirOrder() {
        var stream = open();

        for (int number = 0; number < 5_000; number++) {
            stream.request.write(request(number, "logs", "line " + number));
        }
        Ending<ProduceStreamResponse> ending = stream.end();

        assertThat(ending.status()).isEqualTo(GrpcStatus.OK);
        assertThat(numbers(ending)).containsExactlyElementsOf(
                LongStream.range(0, 5_000).boxed().toList());
        assertThat(ending.answers()).allSatisfy(answer -> assertThat(
                answer.getResponse().getResults(0).getStored().getOffset())
                .isEqualTo(answer.getNumber()));
        assertThat(log.records("logs", 0)).hasSize(5_000);
        assertThat(log.reservedBytes()).isZero();
    }

    @Test
    void anAnswerWaitsForThoseBeforeIt() throws Exception {
        log.holdAppends();
        var stream = open();
        stream.request.write(request(1, "logs", "a"));
        stream.request.write(request(2, "logs", "b"));
        log.awaitWaitingAppends(2);

        log.finishNewestAppend();
        log.finishOldestAppend();

        assertThat(numbers(stream.end())).containsExactly(1L, 2L);
    }

    @Test
    void aRefusedRequestDisturbsNoOther() {
        var stream = open();
        stream.request.write(request(1, "logs", "a"));
        stream.request.write(request(2, "nothing", "b"));
        stream.request.write(request(3, "../etc", "c"));
        stream.request.write(request(4, "logs", "d"));

        Ending<ProduceStreamResponse> ending = stream.end();

        assertThat(ending.status()).isEqualTo(GrpcStatus.OK);
        assertThat(numbers(ending)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(ending.answers().get(1).getError().getCode()).isEqualTo(ErrorCode.UNKNOWN_TOPIC);
        assertThat(ending.answers().get(2).getError().getCode()).isEqualTo(ErrorCode.INVALID_TOPIC);
        assertThat(log.records("logs", 0)).hasSize(2);
    }

    @Test
    void whenTheLogCannotStoreWhatWasBegunIsAnsweredAndNothingMoreIsBegun() throws Exception {
        log.failAppendAfter(1, new UnavailableException("the bucket is down: try again"));
        log.holdAppends();
        var stream = open();
        stream.request.write(request(1, "logs", "a"));
        stream.request.write(request(2, "logs", "b"));
        log.awaitWaitingAppends(2);
        log.finishAppends();
        log.holdAppends();

        Ending<ProduceStreamResponse> ending = stream.ending.await();

        assertThat(ending.status()).isEqualTo(GrpcStatus.UNAVAILABLE);
        assertThat(ending.message()).isEqualTo("the bucket is down: try again");
        assertThat(numbers(ending)).containsExactly(1L, 2L);
        assertThat(ending.answers().getFirst().hasResponse()).isTrue();
        assertThat(ending.answers().getLast().getError().getCode())
                .isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(log.records("logs", 0)).hasSize(1);
    }

    @Test
    void aRequestThatFoundNoRoomIsNotBegunAndEndsTheStream() throws Exception {
        log.holdReservations();
        var stream = open();
        stream.request.write(request(1, "logs", "a"));
        stream.request.write(request(2, "logs", "b"));
        log.awaitWaitingReservations(1);

        log.refuseReservations(new UnavailableException("no room: send slower"));
        Ending<ProduceStreamResponse> ending = stream.ending.await();

        assertThat(ending.status()).isEqualTo(GrpcStatus.UNAVAILABLE);
        assertThat(ending.answers()).isEmpty();
        assertThat(log.records("logs", 0)).isEmpty();
    }

    @Test
    void anUnknownOutcomeIsSaidForTheRequestAndEndsTheStream() {
        log.failAppendAfter(0,
                new UnknownOutcomeException("the bucket did not answer: read first"));
        var stream = open();
        stream.request.write(request(9, "logs", "a"));

        Ending<ProduceStreamResponse> ending = stream.ending.await();

        assertThat(ending.status()).isEqualTo(GrpcStatus.DEADLINE_EXCEEDED);
        assertThat(ending.answers().getFirst().getError().getCode())
                .isEqualTo(ErrorCode.UNKNOWN_OUTCOME);
    }

    @Test
    void aMessageThatIsTooLargeEndsTheStreamAfterWhatCameBeforeIt() throws Exception {
        log.holdAppends();
        var stream = open();
        stream.request.write(request(1, "logs", "a"));
        stream.request.write(request(2, "logs", "x".repeat(2 << 20)));
        stream.request.write(request(3, "logs", "c"));
        log.awaitWaitingAppends(1);
        log.finishAppends();

        Ending<ProduceStreamResponse> ending = stream.ending.await();

        assertThat(ending.status()).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
        assertThat(numbers(ending)).containsExactly(1L);
        assertThat(log.records("logs", 0)).hasSize(1);
    }

    @Test
    void withoutRoomTheServerStopsReading() throws Exception {
        log.holdReservations();
        var stream = open();
        String large = "x".repeat(100_000);
        List<Future<Void>> written = LongStream.range(0, 100)
                .mapToObj(number -> stream.request.write(request(number, "logs", large))).toList();
        log.awaitWaitingReservations(1);
        for (int roundTrip = 0; roundTrip < 100; roundTrip++) {
            server.ask("ListTopics", ListTopicsRequest.getDefaultInstance(),
                    ListTopicsResponse.getDefaultInstance());
        }

        boolean allTaken = written.stream().allMatch(Future::isComplete);
        boolean full = stream.request.writeQueueFull();
        log.grantReservations();

        assertThat(allTaken).isFalse();
        assertThat(full).isTrue();
        assertThat(stream.end().answers()).hasSize(100);
        assertThat(log.reservedBytes()).isZero();
    }

    @Test
    void aClientThatGoesAwayGivesItsRoomBack() throws Exception {
        log.holdAppends();
        var stream = open();
        stream.request.write(request(1, "logs", "a"));
        log.awaitWaitingAppends(1);

        stream.request.connection().close().await();
        log.finishAppends();
        Future<Void> after = RoomWatch.untilAllIsFree(server.vertx(), log);

        after.await();
        assertThat(log.reservedBytes()).isZero();
    }

    private Stream open() {
        GrpcClientRequest<ProduceStreamRequest, ProduceStreamResponse> request = server.call(
                "ProduceStream", ProduceStreamResponse.getDefaultInstance());
        return new Stream(request, EdgeServer.collect(request));
    }

    private static List<Long> numbers(Ending<ProduceStreamResponse> ending) {
        return ending.answers().stream().map(ProduceStreamResponse::getNumber).toList();
    }

    private static ProduceStreamRequest request(long number, String topic, String value) {
        return ProduceStreamRequest.newBuilder().setNumber(number)
                .setRequest(ProduceRequest.newBuilder().setTopic(topic).addRecords(
                        Record.newBuilder().setValue(ByteString.copyFrom(value, UTF_8))))
                .build();
    }

    private record Stream(GrpcClientRequest<ProduceStreamRequest, ProduceStreamResponse> request,
            Future<Ending<ProduceStreamResponse>> ending) {

        Ending<ProduceStreamResponse> end() {
            request.end();
            return ending.await();
        }
    }

    /** Looks again and again, on a loop, until no room is taken. */
    private static final class RoomWatch {

        private RoomWatch() {}

        static Future<Void> untilAllIsFree(Vertx vertx, RecordLog log) {
            return ((ScriptedLog) log).reservedBytes() == 0
                    ? Future.succeededFuture()
                    : vertx.timer(5, TimeUnit.MILLISECONDS)
                            .compose(passed -> untilAllIsFree(vertx, log));
        }
    }
}
