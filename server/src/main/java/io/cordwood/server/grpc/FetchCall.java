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
import java.util.Optional;
import java.util.function.Function;

/**
 * One reader of one partition: sends a page in messages, while the next one is read. At most two
 * pages are held, and none is asked for while the reader has not taken what was sent.
 */
final class FetchCall {

    private static final int PAGE_BYTES = 1 << 20;
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final RecordLog log;
    private final Call<FetchRequest, FetchResponse> call;
    private final FetchRequest request;
    private Iterator<FetchResponse> messages = Collections.emptyIterator();
    private Optional<AsyncResult<RecordPage>> following = Optional.empty();
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
                .compose(checked -> fetch.findEnd())
                .compose(found -> fetch.startOffset())
                .compose(offset -> fetch.read(offset, Duration.ZERO))
                .onSuccess(fetch::begin)
                .onFailure(call::fail);
    }

    private Future<Void> findEnd() {
        return switch (request.getUntil()) {
            case END_NOW, FOREVER, OFFSET -> Future.succeededFuture();
            case PLACE -> offset(request.getEnd(), OffsetRange::end).map(end -> {
                endOffset = end;
                return null;
            });
            case UNRECOGNIZED -> Future.failedFuture(new RejectedException(
                    Reason.INVALID_REQUEST,
                    "a fetch ends now, never, at an offset or at a place"));
        };
    }

    private Future<Long> startOffset() {
        return offset(request.getStart(), OffsetRange::start);
    }

    private Future<Long> offset(Position position, Function<OffsetRange, Long> otherwise) {
        return switch (position.getPositionCase()) {
            case OFFSET -> Future.succeededFuture(position.getOffset());
            case TIMESTAMP_MILLIS -> log
                    .offsetAt(topic(), request.getPartition(), position.getTimestampMillis())
                    .compose(found -> found.isPresent()
                            ? Future.succeededFuture(found.getAsLong())
                            : range().map(OffsetRange::end));
            case EDGE -> switch (position.getEdge()) {
                case EARLIEST -> range().map(OffsetRange::start);
                case LATEST -> range().map(OffsetRange::end);
                case UNRECOGNIZED -> Future.failedFuture(new RejectedException(
                        Reason.INVALID_REQUEST, "a partition has two edges: EARLIEST and LATEST"));
            };
            case POSITION_NOT_SET -> range().map(otherwise);
        };
    }

    private void begin(RecordPage first) {
        endOffset = switch (request.getUntil()) {
            case END_NOW -> first.range().end();
            case OFFSET -> request.getEndOffset();
            case PLACE -> Math.min(endOffset, first.range().end());
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
        boolean moving = true;
        while (moving && call.open() && !call.congested()) {
            readOn();
            moving = move();
        }
        sending = false;
    }

    private void readOn() {
        if (!reading && following.isEmpty() && nextOffset < endOffset) {
            reading = true;
            read(nextOffset, WAIT).onComplete(this::take);
        }
    }

    private void take(AsyncResult<RecordPage> read) {
        reading = false;
        following = Optional.of(read);
        nextOffset = read.succeeded() ? read.result().nextOffset() : nextOffset;
        send();
    }

    /** Sends one message, or goes on to the next page; whether there was something to do. */
    private boolean move() {
        if (messages.hasNext()) {
            call.write(messages.next());
        } else if (following.isPresent()) {
            AsyncResult<RecordPage> page = following.get();
            following = Optional.empty();
            turnTo(page);
        } else if (!reading) {
            call.finish();
        }
        return !reading || messages.hasNext() || following.isPresent();
    }

    private void turnTo(AsyncResult<RecordPage> page) {
        if (page.failed()) {
            call.fail(page.cause());
        } else {
            messages = FetchMessages.of(page.result(), endOffset);
        }
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
