package io.cordwood.server.cli;

import io.cordwood.server.cli.client.CallException;
import io.cordwood.server.cli.client.LogConnection;
import io.cordwood.server.cli.client.ProduceStream;
import io.cordwood.server.grpc.proto.ProduceRequest;
import io.cordwood.server.grpc.proto.ProduceStreamResponse;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Sends batches, many in flight, and keeps book of what became of each.
 *
 * <p>What the server certainly did not store, for a reason that passes, is sent again after a
 * pause. What it may have stored is never sent again: the run fails and says which lines those are.
 */
final class ProduceRun implements AutoCloseable {

    private static final long IN_FLIGHT_BYTES_MAX = 16 << 20;
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private final LogConnection connection;
    private final Target target;
    private final LongConsumer whenAcknowledged;
    private final ArrayDeque<InFlight> window = new ArrayDeque<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private ProduceStream stream;
    private long windowBytes;
    private long overtaken;
    private long acknowledgedBefore;
    private Duration pause = PAUSE_MIN;
    private Duration paused = Duration.ZERO;

    /**
     * Opens a stream.
     *
     * @param whenAcknowledged is told how many lines are acknowledged, on some thread
     */
    ProduceRun(LogConnection connection, Target target, LongConsumer whenAcknowledged) {
        this.connection = connection;
        this.target = target;
        this.whenAcknowledged = whenAcknowledged;
        this.stream = connection.produce();
    }

    /** Sends all, and returns when all is acknowledged. Throws {@link CommandFailure}. */
    void run(Batches source) throws IOException {
        for (Optional<Batch> batch = next(source); batch.isPresent(); batch = next(source)) {
            makeRoomFor(batch.get().bytes());
            send(batch.get());
        }
        settleAll();
    }

    /** How many lines are durable. May be asked on any thread. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** How many lines were stored after lines that follow them in the input. */
    long overtaken() {
        return overtaken;
    }

    @Override
    public void close() {
        stream.close();
    }

    private Optional<Batch> next(Batches source) throws IOException {
        try {
            return source.next();
        } catch (CommandFailure wrongLine) {
            settleAll();
            throw wrongLine;
        }
    }

    private void makeRoomFor(long bytes) {
        while (!window.isEmpty() && (window.size() >= target.inFlightMax()
                || windowBytes + bytes > IN_FLIGHT_BYTES_MAX)) {
            settleOldest();
        }
    }

    private void settleAll() {
        while (!window.isEmpty()) {
            settleOldest();
        }
    }

    private void send(Batch batch) {
        ProduceRequest.Builder request = ProduceRequest.newBuilder().setTopic(target.topic());
        target.partition().ifPresent(request::setPartition);
        batch.lines().forEach(line -> request.addRecords(line.record()));
        Future<ProduceStreamResponse> answer = stream.send(request.build());
        answer.onSuccess(answered -> count(answered));
        window.addLast(new InFlight(batch, answer));
        windowBytes += batch.bytes();
    }

    private void count(ProduceStreamResponse answered) {
        long stored = answered.getResponse().getResultsList().stream()
                .filter(result -> result.hasStored()).count();
        whenAcknowledged.accept(acknowledged.addAndGet(stored));
    }

    private void settleOldest() {
        Verdict verdict = takeOldest();
        if (verdict.reason().isEmpty()) {
            return;
        }
        // Whatever it is, what was sent after it is first heard out.
        List<Verdict> verdicts = new ArrayList<>(List.of(verdict));
        while (!window.isEmpty()) {
            verdicts.add(takeOldest());
        }
        Aftermath aftermath = Aftermath.of(verdicts);
        aftermath.failure(acknowledged()).ifPresent(failure -> {
            throw failure;
        });
        overtaken += aftermath.overtaken();
        sendAgain(aftermath);
    }

    private Verdict takeOldest() {
        InFlight oldest = window.removeFirst();
        windowBytes -= oldest.batch().bytes();
        return Verdict.await(oldest.batch(), oldest.answer());
    }

    private void sendAgain(Aftermath aftermath) {
        stream.close();
        if (acknowledged() > acknowledgedBefore) {
            acknowledgedBefore = acknowledged();
            pause = PAUSE_MIN;
            paused = Duration.ZERO;
        }
        String reason = aftermath.reason();
        do {
            giveUpIfTooLong(aftermath, reason);
            connection.pause(pause);
            paused = paused.plus(pause);
            pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) > 0
                    ? PAUSE_MAX
                    : pause.multipliedBy(2);
            reason = reopen();
        } while (!reason.isEmpty());
        aftermath.again().forEach(this::send);
    }

    /** Says why not, if it cannot. */
    private String reopen() {
        try {
            stream = connection.produce();
            return "";
        } catch (CallException.Unreachable nobody) {
            return nobody.getMessage();
        }
    }

    private void giveUpIfTooLong(Aftermath aftermath, String reason) {
        if (paused.compareTo(target.retryFor()) >= 0) {
            throw new CommandFailure(reason + ": gave up after " + paused.toSeconds() + " s\n  "
                    + acknowledged() + " lines are acknowledged; nothing from line "
                    + aftermath.again().getFirst().lines().getFirst().number() + " on is stored",
                    "send the rest when the server is well again");
        }
    }

    /**
     * Where lines go, and how.
     *
     * @param inFlightMax how many batches may be sent and not answered
     * @param retryFor how long to pause in all, without anything acknowledged, before giving up
     */
    record Target(String topic, Optional<Integer> partition, int inFlightMax, Duration retryFor) {}

    private record InFlight(Batch batch, Future<ProduceStreamResponse> answer) {}
}
