package io.cordwood.server.http.tail;

import io.cordwood.server.http.exchange.ErrorBody;
import io.cordwood.server.log.ReadRequest;
import io.cordwood.server.log.RecordLog;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One client that follows a topic. Confined to the client's context.
 *
 * <p>A lane has its turn when it has something to do: records to send, or the next page to read.
 * Lanes take turns for as long as the client's connection takes bytes; when it does not, all rest
 * until it does. A lane whose read waits for records is not in the queue.
 */
final class Tail {

    private static final Duration READ_WAIT = Duration.ofSeconds(30);

    /** Bytes that one lane writes before another has its turn. */
    private static final int TURN_BYTES = 16 << 10;

    private final Vertx vertx;
    private final Context context;
    private final HttpServerResponse response;
    private final RecordLog log;
    private final TailBounds bounds;
    private final Feed feed;
    private final Deque<Lane> turns;
    private final Promise<Void> over = Promise.promise();
    private boolean moving;
    private boolean stalled;

    Tail(Vertx vertx, HttpServerResponse response, RecordLog log, TailBounds bounds, Feed feed) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.response = response;
        this.log = log;
        this.bounds = bounds;
        this.feed = feed;
        this.turns = new ArrayDeque<>(feed.lanes());
    }

    /** Serves the client. Completes when the tail is over, whoever ended it. */
    Future<Void> run() {
        if (response.closed()) {
            return Future.succeededFuture();
        }
        response.closeHandler(closed -> over.tryComplete());
        response.exceptionHandler(broken -> over.tryComplete());
        response.setStatusCode(200).setChunked(true)
                .putHeader("content-type", TailRequest.EVENT_STREAM)
                .putHeader("cache-control", "no-cache").putHeader("x-accel-buffering", "no");
        response.write(feed.events().opening(bounds.retry().toMillis()));
        long heartbeat = vertx.setPeriodic(bounds.heartbeat().toMillis(), due -> showLife());
        over.future().onComplete(done -> vertx.cancelTimer(heartbeat));
        move();
        return over.future();
    }

    /** Ends the tail from outside. May be called from any thread. */
    void stop() {
        context.runOnContext(now -> end());
    }

    /**
     * Whether the client does not read what was written. May be asked from any thread: a glance.
     */
    boolean isStalled() {
        return stalled;
    }

    private void move() {
        if (moving) {
            return;
        }
        moving = true;
        while (isOpen() && !turns.isEmpty() && !response.writeQueueFull()) {
            Lane lane = turns.removeFirst();
            if (lane.isEmpty()) {
                read(lane);
            } else {
                send(lane);
                turns.addLast(lane);
            }
        }
        moving = false;
        rest();
    }

    private void rest() {
        if (isOpen() && response.writeQueueFull()) {
            stalled = true;
            response.drainHandler(taken -> {
                stalled = false;
                move();
            });
        }
    }

    private void send(Lane lane) {
        Buffer bytes = Buffer.buffer();
        while (!lane.isEmpty() && bytes.length() < TURN_BYTES) {
            bytes.appendBuffer(feed.next(lane));
        }
        response.write(bytes);
    }

    private void read(Lane lane) {
        ReadRequest request = new ReadRequest(lane.next(),
                bounds.pageSizeMaxBytes() / feed.lanes().size(), READ_WAIT);
        log.read(feed.topic().name(), lane.partition(), request).onComplete(page -> {
            lane.fill(page);
            takeTurn(lane);
        }, failure -> recover(lane, failure));
    }

    private void takeTurn(Lane lane) {
        turns.addLast(lane);
        move();
    }

    private void recover(Lane lane, Throwable failure) {
        ErrorBody error = ErrorBody.of(failure);
        switch (error.code()) {
            case TOPIC_NOT_FOUND -> endWith(feed.events().deleted());
            case OFFSET_OUT_OF_RANGE -> skip(lane, error);
            case UNAVAILABLE, MISSING -> vertx.setTimer(bounds.retry().toMillis(),
                    again -> takeTurn(lane));
            default -> endWith(feed.events().error(error));
        }
    }

    /**
     * The topic may have been deleted and created again meanwhile: then its offsets mean other
     * records.
     */
    private void skip(Lane lane, ErrorBody error) {
        log.topic(feed.topic().name()).compose(now -> now.id().equals(feed.topic().id())
                ? log.offsets(now.name(), lane.partition())
                : Future.failedFuture(feed.gone())).onComplete(range -> {
                    if (range.start() <= lane.next()) {
                        endWith(feed.events().error(error));
                        return;
                    }
                    write(feed.skip(lane, range.start()));
                    takeTurn(lane);
                }, failure -> recover(lane, failure));
    }

    private void showLife() {
        if (!response.writeQueueFull()) {
            write(Events.heartbeat());
        }
    }

    private void write(Buffer event) {
        if (isOpen()) {
            response.write(event);
        }
    }

    private void endWith(Buffer event) {
        write(event);
        end();
    }

    private void end() {
        if (isOpen()) {
            response.end();
            over.tryComplete();
        }
    }

    private boolean isOpen() {
        return !over.future().isComplete();
    }
}
