package io.cordwood.server.grpc;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.server.grpc.proto.FetchRequest;
import io.cordwood.server.grpc.proto.FetchResponse;
import io.cordwood.server.grpc.proto.Position;
import io.cordwood.server.log.OffsetRange;
import io.cordwood.server.log.ReadRequest;
import io.cordwood.server.log.RecordLog;
import io.cordwood.server.log.RecordPage;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;

/**
 * One reader of one partition: reads a page, sends it in messages, reads the next. At most one page
 * is held, and none is read while the reader has not taken what was sent.
 */
final class FetchCall {

    private static final int PAGE_BYTES = 1 << 20;
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final RecordLog log;
    private final Call<FetchRequest, FetchResponse> call;
    private final FetchRequest request;
    private Iterator<FetchResponse> messages = Collections.emptyIterator();
    private long nextOffset;
    private long endOffset = Long.MAX_VALUE;
    private boolean reading;
    private boolean sending;

    private FetchCall(RecordLog log, Call<FetchRequest, FetchResponse> call, FetchRequest request) {
        this.log = log;
        this.call = call;
        this.request = request;
    }

    /** Begins to answer a request. */
    static void start(RecordLog log, Call<FetchRequest, FetchResponse> call, FetchRequest request) {
        FetchCall fetch = new FetchCall(log, call, request);
        call.onDrain(fetch::send);
        Future.succeededFuture(request)
                .compose(checked -> fetch.startOffset())
                .compose(offset -> fetch.read(offset, Duration.ZERO))
                .onSuccess(fetch::begin)
                .onFailure(call::fail);
    }

    private Future<Long> startOffset() {
        if (request.getUntil() == io.cordwood.server.grpc.proto.Until.UNRECOGNIZED) {
            return Future.failedFuture(new RejectedException(Reason.INVALID_REQUEST,
                    "a fetch ends now, never, or at an offset"));
        }
        Position start = request.getStart();
        return switch (start.getPositionCase()) {
            case OFFSET -> Future.succeededFuture(start.getOffset());
            case TIMESTAMP_MILLIS -> log
                    .offsetAt(topic(), request.getPartition(), start.getTimestampMillis())
                    .compose(found -> found.isPresent()
                            ? Future.succeededFuture(found.getAsLong())
                            : range().map(OffsetRange::end));
            case EDGE -> switch (start.getEdge()) {
                case EARLIEST -> range().map(OffsetRange::start);
                case LATEST -> range().map(OffsetRange::end);
                case UNRECOGNIZED -> Future.failedFuture(new RejectedException(
                        Reason.INVALID_REQUEST, "a partition has two edges: EARLIEST and LATEST"));
            };
            case POSITION_NOT_SET -> range().map(OffsetRange::start);
        };
    }

    private void begin(RecordPage first) {
        endOffset = switch (request.getUntil()) {
            case END_NOW -> first.range().end();
            case OFFSET -> request.getEndOffset();
            case FOREVER, UNRECOGNIZED -> Long.MAX_VALUE;
        };
        messages = FetchMessages.first(first, endOffset);
        nextOffset = first.nextOffset();
        send();
    }

    /** Sends and reads as far as it goes now. Reads that complete at once do not nest. */
    private void send() {
        if (sending) {
            return;
        }
        sending = true;
        while (call.open() && !reading && !call.congested()) {
            if (messages.hasNext()) {
                call.write(messages.next());
            } else if (nextOffset >= endOffset) {
                call.finish();
            } else {
                readOn();
            }
        }
        sending = false;
    }

    private void readOn() {
        reading = true;
        read(nextOffset, WAIT).onComplete(this::take);
    }

    private void take(AsyncResult<RecordPage> read) {
        reading = false;
        if (read.failed()) {
            call.fail(read.cause());
            return;
        }
        messages = FetchMessages.of(read.result(), endOffset);
        nextOffset = read.result().nextOffset();
        send();
    }

    private Future<RecordPage> read(long offset, Duration waitMax) {
        return log.read(topic(), request.getPartition(),
                new ReadRequest(offset, PAGE_BYTES, waitMax));
    }

    private Future<OffsetRange> range() {
        return log.offsets(topic(), request.getPartition());
    }

    private TopicName topic() {
        return new TopicName(request.getTopic());
    }
}
