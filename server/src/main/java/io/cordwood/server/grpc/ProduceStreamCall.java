package io.cordwood.server.grpc;

import io.cordwood.runtime.RejectedException;
import io.cordwood.server.grpc.proto.ProduceStreamRequest;
import io.cordwood.server.grpc.proto.ProduceStreamResponse;
import io.cordwood.server.log.AppendResult;
import io.cordwood.server.log.RecordLog;
import io.vertx.core.AsyncResult;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * A stream of produce requests. A request <em>arrives</em>, waits for room, is <em>begun</em>, and
 * is answered when it and all that were begun before it are done.
 *
 * <p>Room is taken for one request at a time, so that requests are begun in the order in which they
 * arrived. While there is none, nothing more is received.
 */
final class ProduceStreamCall {

    private static final int BEGUN_MAX = 1024;
    private static final long BEGUN_BYTES_MAX = 16 << 20;

    private final RecordLog log;
    private final Call<ProduceStreamRequest, ProduceStreamResponse> call;
    private final ArrayDeque<Received<ProduceStreamRequest>> arrived = new ArrayDeque<>();
    private final ArrayDeque<Begun> begun = new ArrayDeque<>();
    private long begunBytes;
    private boolean waitingForRoom;
    private boolean halfClosed;
    private boolean working;
    private Optional<Throwable> broken = Optional.empty();
    private Optional<Throwable> stopped = Optional.empty();

    ProduceStreamCall(RecordLog log, Call<ProduceStreamRequest, ProduceStreamResponse> call) {
        this.log = log;
        this.call = call;
    }

    void start() {
        call.onMessages(message -> {
            if (stopped.isEmpty() && broken.isEmpty()) {
                arrived.addLast(message);
                work();
            }
        }, malformed -> {
            // What arrived before it is still begun and answered: its sender counts on that.
            broken = Optional.of(malformed);
            work();
        });
        call.onHalfClose(() -> {
            halfClosed = true;
            work();
        });
        call.onDrain(this::work);
    }

    /**
     * Does what can be done now. Futures that complete at once come back here: they do not nest.
     */
    private void work() {
        if (working) {
            return;
        }
        working = true;
        do {
            while (mayBegin()) {
                begin(arrived.removeFirst());
            }
        } while (answerWhatIsDone() && mayBegin());
        working = false;
        receiveOrEnd();
    }

    private boolean mayBegin() {
        return !arrived.isEmpty() && mayReceive();
    }

    private boolean mayReceive() {
        return call.open() && stopped.isEmpty() && !waitingForRoom && begun.size() < BEGUN_MAX
                && begunBytes < BEGUN_BYTES_MAX && !call.congested();
    }

    private void receiveOrEnd() {
        boolean idle = begun.isEmpty() && !waitingForRoom;
        if (broken.isPresent() && arrived.isEmpty()) {
            stop(broken.get());
        }
        if (stopped.isPresent() && idle) {
            call.fail(stopped.get());
        } else if (halfClosed && idle && arrived.isEmpty()) {
            call.finish();
        } else if (arrived.isEmpty() && mayReceive()) {
            call.proceed();
        } else if (call.open()) {
            call.hold();
        }
    }

    private void begin(Received<ProduceStreamRequest> message) {
        long number = message.value().getNumber();
        Appending appending;
        try {
            appending = Appending.of(message.value().getRequest(), message.bytes());
        } catch (RejectedException malformed) {
            begun.addLast(new Begun(number, Optional.of(answer(number, malformed))));
            return;
        }
        waitingForRoom = true;
        log.reserve(appending.bytes()).onComplete(reserved -> {
            waitingForRoom = false;
            if (reserved.succeeded()) {
                append(new Begun(number, Optional.empty()), appending);
            } else {
                stop(reserved.cause());
            }
            work();
        });
    }

    private void append(Begun request, Appending appending) {
        begun.addLast(request);
        begunBytes += appending.bytes();
        appending.appendReserved(log).onComplete(done -> {
            begunBytes -= appending.bytes();
            request.answer = Optional.of(answer(request.number, done));
            work();
        });
    }

    private boolean answerWhatIsDone() {
        boolean answered = false;
        while (!begun.isEmpty() && begun.getFirst().answer.isPresent()) {
            call.write(begun.removeFirst().answer.get());
            answered = true;
        }
        return answered;
    }

    private ProduceStreamResponse answer(long number, AsyncResult<List<AppendResult>> done) {
        if (done.failed()) {
            stopUnlessRejected(done.cause());
            return answer(number, done.cause());
        }
        for (AppendResult result : done.result()) {
            if (result instanceof AppendResult.Failed failed) {
                stopUnlessRejected(failed.reason());
            }
        }
        return ProduceStreamResponse.newBuilder().setNumber(number)
                .setResponse(Appending.toProto(done.result())).build();
    }

    private static ProduceStreamResponse answer(long number, Throwable reason) {
        return ProduceStreamResponse.newBuilder().setNumber(number)
                .setError(Failure.of(reason).toProto()).build();
    }

    private void stopUnlessRejected(Throwable reason) {
        if (!(reason instanceof RejectedException)) {
            stop(reason);
        }
    }

    /** Takes no more requests: what comes after one that could not be stored would overtake it. */
    private void stop(Throwable reason) {
        if (stopped.isEmpty()) {
            stopped = Optional.of(reason);
            arrived.clear();
        }
    }

    /** A request in the line of those to answer. */
    private static final class Begun {

        private final long number;
        private Optional<ProduceStreamResponse> answer;

        Begun(long number, Optional<ProduceStreamResponse> answer) {
            this.number = number;
            this.answer = answer;
        }
    }
}
