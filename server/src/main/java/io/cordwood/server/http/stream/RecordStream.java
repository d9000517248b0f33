package io.cordwood.server.http.stream;

import io.cordwood.server.http.exchange.CutOff;
import io.cordwood.server.http.exchange.ErrorBody;
import io.cordwood.server.log.ReadRequest;
import io.cordwood.server.log.RecordLog;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * One client that reads a topic. Confined to the client's context.
 *
 * <p>A lane has its turn when it has something to do: records to send, or the next page to read.
 * Lanes take turns for as long as the client's connection takes bytes; when it does not, all rest
 * until it does. A lane that waits for what it reads has no turn.
 */
final class RecordStream {

    private static final Duration READ_WAIT = Duration.ofSeconds(30);

    /** Bytes that one lane writes before another has its turn. */
    private static final int TURN_BYTES = 16 << 10;

    private final Vertx vertx;
    private final Context context;
    private final RoutingContext exchange;
    private final HttpServerResponse response;
    private final RecordLog log;
    private final StreamBounds bounds;
    private final Feed feed;
    private final Deque<Lane> turns = new ArrayDeque<>();
    private final Deque<Lane> later;
    private final Set<Lane> waiting = new HashSet<>();
    private final Promise<Void> over = Promise.promise();
    private boolean moving;
    private boolean stalled;

    RecordStream(RoutingContext exchange, RecordLog log, StreamBounds bounds, Feed feed) {
        this.vertx = exchange.vertx();
        this.context = vertx.getOrCreateContext();
        this.exchange = exchange;
        this.response = exchange.response();
        this.log = log;
        this.bounds = bounds;
        this.feed = feed;
        this.later = new ArrayDeque<>(feed.lanes());
    }

    /** Serves the client. Completes when the stream is over, whoever ended it. */
    Future<Void> run() {
        if (response.closed()) {
            return Future.succeededFuture();
        }
        response.closeHandler(closed -> over.tryComplete());
        response.exceptionHandler(broken -> over.tryComplete());
        response.setStatusCode(200).setChunked(true)
                .putHeader("content-type", feed.wording().mediaType())
                .putHeader("cache-control", "no-cache").putHeader("x-accel-buffering", "no");
        write(feed.wording().opening(bounds.retry().toMillis()));
        long heartbeat = vertx.setPeriodic(bounds.heartbeat().toMillis(), due -> showLife());
        over.future().onComplete(done -> vertx.cancelTimer(heartbeat));
        for (int lanes = 0; lanes < feed.lanesAtOnce(); lanes++) {
            beginNext();
        }
        move();
        return over.future();
    }

    /** Ends the stream from outside. May be called from any thread. */
    void stop() {
        context.runOnContext(now -> endWith(Buffer.buffer()));
    }

    /**
     * Whether the client does not read what was written. May be asked from any thread: a glance.
     */
    boolean isStalled() {
        return stalled;
    }

    private void beginNext() {
        if (!later.isEmpty()) {
            turns.addLast(later.removeFirst());
        }
    }

    private void move() {
        if (moving) {
            return;
        }
        moving = true;
        while (isOpen() && !turns.isEmpty() && !response.writeQueueFull()) {
            turn(turns.removeFirst());
        }
        moving = false;
        if (turns.isEmpty() && waiting.isEmpty()) {
            end();
        }
        rest();
    }

    private void turn(Lane lane) {
        if (lane.wantsMore()) {
            read(lane);
        }
        if (lane.isOver()) {
            beginNext();
        } else if (!lane.isEmpty()) {
            send(lane);
            turns.addLast(lane);
        } else if (lane.isReading()) {
            waiting.add(lane);
        } else {
            turns.addLast(lane);
        }
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
        write(bytes);
    }

    private void read(Lane lane) {
        lane.read();
        ReadRequest request = new ReadRequest(lane.readFrom(),
                feed.laneShare(bounds.pageSizeMaxBytes()), READ_WAIT);
        log.read(feed.topic().name(), lane.partition(), request).onComplete(page -> {
            lane.fill(page);
            takeTurn(lane);
        }, failure -> recover(lane, failure));
    }

    /** A lane that has not waited has its turn already. */
    private void takeTurn(Lane lane) {
        if (waiting.remove(lane)) {
            turns.addLast(lane);
        }
        move();
    }

    private void recover(Lane lane, Throwable failure) {
        if (!lane.isEmpty()) {
            lane.readAgain();
            return;
        }
        ErrorBody error = ErrorBody.of(failure);
        switch (error.code()) {
            case TOPIC_NOT_FOUND -> endWith(feed.wording().deleted());
            case OFFSET_OUT_OF_RANGE -> skip(lane, error);
            case UNAVAILABLE, MISSING -> vertx.setTimer(bounds.retry().toMillis(), again -> {
                lane.readAgain();
                takeTurn(lane);
            });
            default -> endWith(feed.wording().error(error));
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
                        endWith(feed.wording().error(error));
                        return;
                    }
                    write(feed.skip(lane, range.start()));
                    takeTurn(lane);
                }, failure -> recover(lane, failure));
    }

    private void showLife() {
        if (!response.writeQueueFull()) {
            write(feed.wording().heartbeat());
        }
    }

    private void write(Buffer words) {
        if (isOpen() && words.length() > 0) {
            response.write(words);
        }
    }

    private void endWith(Buffer words) {
        write(words);
        if (!feed.wording().breaksOff()) {
            end();
        } else if (over.tryComplete()) {
            CutOff.of(exchange.request());
        }
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
