package io.cordwood.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.server.grpc.EdgeServer.Ending;
import io.cordwood.server.grpc.proto.Edge;
import io.cordwood.server.grpc.proto.FetchRequest;
import io.cordwood.server.grpc.proto.FetchResponse;
import io.cordwood.server.grpc.proto.ListTopicsRequest;
import io.cordwood.server.grpc.proto.ListTopicsResponse;
import io.cordwood.server.grpc.proto.Position;
import io.cordwood.server.grpc.proto.StoredRecord;
import io.cordwood.server.grpc.proto.Until;
import io.cordwood.server.log.NewRecord;
import io.cordwood.store.batch.LogRecord;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FetchCallTest {

    private static final TopicName TOPIC = new TopicName("logs");

    private final EdgeServer server = new EdgeServer();
    private final ScriptedLog log = server.log();

    @BeforeEach
    void createTopic() {
        log.createTopic(TOPIC, 1).await();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aFetchToTheEndOfNowReadsAllAndEnds() {
        append(10, 5);

        Ending<FetchResponse> fetched = fetch(request().build());

        assertThat(fetched.status()).isEqualTo(GrpcStatus.OK);
        assertThat(offsets(fetched.answers())).containsExactlyElementsOf(range(0, 10));
        assertThat(fetched.answers().getLast().getNextOffset()).isEqualTo(10);
        assertThat(fetched.answers().getLast().getEndOffset()).isEqualTo(10);
    }

    @Test
    void anEmptyPartitionIsSaidToBeEmpty() {
        Ending<FetchResponse> fetched = fetch(request().build());

        assertThat(fetched.status()).isEqualTo(GrpcStatus.OK);
        assertThat(fetched.answers()).containsExactly(FetchResponse.getDefaultInstance());
    }

    @Test
    void aFetchBeginsAtAnOffsetATimeOrAnEdge() {
        append(10, 5);

        assertThat(startingAt(Position.newBuilder().setOffset(7))).isEqualTo(range(7, 10));
        assertThat(startingAt(Position.newBuilder().setTimestampMillis(1_003)))
                .isEqualTo(range(3, 10));
        assertThat(startingAt(Position.newBuilder().setTimestampMillis(9_999))).isEmpty();
        assertThat(startingAt(Position.newBuilder().setEdge(Edge.EARLIEST)))
                .isEqualTo(range(0, 10));
        assertThat(startingAt(Position.newBuilder().setEdge(Edge.LATEST))).isEmpty();
        assertThat(startingAt(Position.newBuilder().setOffset(10))).isEmpty();
    }

    @Test
    void aFetchToAnOffsetStopsBeforeIt() {
        append(10, 5);

        Ending<FetchResponse> fetched = fetch(request().setUntil(Until.OFFSET).setEndOffset(4)
                .build());

        assertThat(offsets(fetched.answers())).containsExactlyElementsOf(range(0, 4));
    }

    @Test
    void aFetchToAPlaceStopsBeforeItAndWaitsForNothing() {
        append(10, 5);

        assertThat(endingAt(Position.newBuilder().setOffset(4))).isEqualTo(range(0, 4));
        assertThat(endingAt(Position.newBuilder().setTimestampMillis(1_003)))
                .isEqualTo(range(0, 3));
        assertThat(endingAt(Position.newBuilder().setTimestampMillis(9_999)))
                .isEqualTo(range(0, 10));
        assertThat(endingAt(Position.newBuilder().setOffset(99))).isEqualTo(range(0, 10));
        assertThat(endingAt(Position.newBuilder().setEdge(Edge.EARLIEST))).isEmpty();
        assertThat(endingAt(Position.newBuilder())).isEqualTo(range(0, 10));
    }

    @Test
    void aFetchToAnOffsetThatIsNotThereYetWaitsForIt() throws Exception {
        append(2, 5);
        Reader<FetchResponse> reader = Reader.of(call(),
                request().setUntil(Until.OFFSET)
                        .setEndOffset(3).build());

        FetchResponse first = reader.next();
        log.awaitWaitingReads(1);
        append(5, 5);
        FetchResponse second = reader.next();

        assertThat(offsets(List.of(first))).containsExactly(0L, 1L);
        assertThat(offsets(List.of(second))).containsExactly(2L);
        assertThat(reader.end()).isEqualTo(GrpcStatus.OK);
    }

    @Test
    void aFetchForEverSendsRecordsAsTheyCome() throws Exception {
        append(3, 5);
        Reader<FetchResponse> reader = Reader.of(call(),
                request().setUntil(Until.FOREVER)
                        .setStart(Position.newBuilder().setEdge(Edge.LATEST)).build());

        FetchResponse first = reader.next();
        append(1, 5);
        FetchResponse second = reader.next();
        append(1, 5);
        FetchResponse third = reader.next();

        assertThat(first.getRecordsList()).isEmpty();
        assertThat(first.getNextOffset()).isEqualTo(3);
        assertThat(offsets(List.of(second, third))).containsExactly(3L, 4L);
    }

    @Test
    void aPageIsCutIntoMessagesThatKeepTheOrder() {
        append(40, 50_000);

        Ending<FetchResponse> fetched = fetch(request().build());

        assertThat(offsets(fetched.answers())).containsExactlyElementsOf(range(0, 40));
        assertThat(fetched.answers()).hasSizeGreaterThan(5)
                .allSatisfy(message -> assertThat(message.getSerializedSize()).isLessThan(300_000))
                .allSatisfy(message -> assertThat(message.getNextOffset())
                        .isEqualTo(message.getRecordsList().getLast().getOffset() + 1));
    }

    @Test
    void theServerStopsReadingForAReaderThatIsSlow() throws Exception {
        append(600, 100_000);
        Reader<FetchResponse> reader = Reader.of(call(),
                request().build());

        FetchResponse first = reader.next();
        for (int roundTrip = 0; roundTrip < 10; roundTrip++) {
            server.ask("ListTopics", ListTopicsRequest.getDefaultInstance(),
                    ListTopicsResponse.getDefaultInstance());
        }
        int readsForASlowReader = log.reads();
        GrpcStatus status = reader.end();

        assertThat(first.getRecordsList()).isNotEmpty();
        // The client's own library takes up to 16 messages ahead, which is three pages or four.
        assertThat(readsForASlowReader).isLessThan(8);
        assertThat(status).isEqualTo(GrpcStatus.OK);
        assertThat(log.reads()).isGreaterThanOrEqualTo(60);
    }

    @Test
    void aCancelledFetchReadsNoMore() throws Exception {
        append(1, 5);
        GrpcClientRequest<FetchRequest, FetchResponse> call = call();
        Reader<FetchResponse> reader = Reader.of(call,
                request().setUntil(Until.FOREVER).build());
        reader.next();
        log.awaitWaitingReads(1);
        int before = log.reads();

        call.cancel();
        server.ask("ListTopics", ListTopicsRequest.getDefaultInstance(),
                ListTopicsResponse.getDefaultInstance());
        append(1, 5);
        server.ask("ListTopics", ListTopicsRequest.getDefaultInstance(),
                ListTopicsResponse.getDefaultInstance());

        assertThat(log.reads()).isEqualTo(before);
    }

    @Test
    void whatDoesNotExistEndsTheCallWithItsStatus() {
        append(3, 5);

        assertThat(fetch(request().setTopic("nothing").build()).status())
                .isEqualTo(GrpcStatus.NOT_FOUND);
        assertThat(fetch(request().setPartition(1).build()).status())
                .isEqualTo(GrpcStatus.NOT_FOUND);
        assertThat(fetch(request().setTopic("no/such").build()).status())
                .isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(fetch(request().setUntilValue(77).build()).status())
                .isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        for (long offset : new long[]{-1, 4, Long.MAX_VALUE}) {
            assertThat(fetch(request().setStart(Position.newBuilder().setOffset(offset)).build())
                    .status()).isEqualTo(GrpcStatus.OUT_OF_RANGE);
        }
    }

    @Test
    void aFailureInTheMiddleEndsTheCallWithItsStatus() throws Exception {
        append(1, 5);
        Reader<FetchResponse> reader = Reader.of(call(),
                request().setUntil(Until.FOREVER).build());
        reader.next();
        log.awaitWaitingReads(1);

        log.failReadsAfterThis(new UnavailableException("the bucket is down: try again"));
        append(1, 5);

        assertThat(reader.next().getNextOffset()).isEqualTo(2);
        assertThat(reader.end()).isEqualTo(GrpcStatus.UNAVAILABLE);
    }

    private List<Long> startingAt(Position.Builder start) {
        return offsets(fetch(request().setStart(start).build()).answers());
    }

    private List<Long> endingAt(Position.Builder end) {
        return offsets(fetch(request().setUntil(Until.PLACE).setEnd(end).build()).answers());
    }

    private Ending<FetchResponse> fetch(FetchRequest request) {
        return server.ask("Fetch", request, FetchResponse.getDefaultInstance());
    }

    private GrpcClientRequest<FetchRequest, FetchResponse> call() {
        return server.call("Fetch", FetchResponse.getDefaultInstance());
    }

    private static FetchRequest.Builder request() {
        return FetchRequest.newBuilder().setTopic("logs");
    }

    private void append(int records, int bytes) {
        log.append(TOPIC, IntStream.range(0, records).mapToObj(i -> record(bytes, i)).toList())
                .await();
    }

    private static NewRecord record(int bytes, int number) {
        return new NewRecord(OptionalInt.of(0), new LogRecord(1_000 + number, Optional.empty(),
                Optional.of(ByteBuffer.wrap("x".repeat(bytes).getBytes(UTF_8))), List.of()));
    }

    private static List<Long> offsets(List<FetchResponse> messages) {
        return messages.stream().flatMap(message -> message.getRecordsList().stream())
                .map(StoredRecord::getOffset).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
