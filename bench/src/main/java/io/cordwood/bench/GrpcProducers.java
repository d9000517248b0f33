package io.cordwood.bench;

import io.cordwood.server.cli.client.LogConnection;
import io.cordwood.server.cli.client.ProduceStream;
import io.cordwood.server.cli.client.ServerAddress;
import io.cordwood.server.grpc.proto.ProduceRequest;
import io.cordwood.server.grpc.proto.ProduceStreamResponse;
import io.cordwood.server.grpc.proto.RecordResult;
import io.vertx.core.AsyncResult;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Produces over gRPC: a connection and a stream, and a bounded number of requests in flight. */
final class GrpcProducers {

    private final ServerAddress server;
    private final int inFlightMax;
    private final Latencies latencies = new Latencies();
    private final AtomicReference<String> refusal = new AtomicReference<>("");

    GrpcProducers(ServerAddress server, int inFlightMax) {
        this.server = server;
        this.inFlightMax = inFlightMax;
    }

    /** How long each answer took, from when its request was sent. */
    Latencies latencies() {
        return latencies;
    }

    /**
     * Sends requests round about until so many are acknowledged.
     *
     * @param bytesPerSecondMax of values, or {@link Integer#MAX_VALUE} for as fast as it goes
     */
    void produce(Load load, List<ProduceRequest> requests, int bytesPerSecondMax)
            throws InterruptedException {
        Semaphore room = new Semaphore(inFlightMax);
        try (LogConnection connection = new LogConnection(server);
                ProduceStream stream = connection.produce()) {
            Stopwatch watch = Stopwatch.start();
            for (int i = 0; i < load.requests() && refusal.get().isEmpty(); i++) {
                pace(watch, (double) i * load.requestBytes() / bytesPerSecondMax);
                room.acquire();
                Stopwatch sent = Stopwatch.start();
                stream.send(requests.get(i % requests.size())).onComplete(answer -> {
                    latencies.add(sent.nanos());
                    note(answer);
                    room.release();
                });
            }
            room.acquire(inFlightMax);
        }
        if (!refusal.get().isEmpty()) {
            throw new IllegalStateException("not stored: " + refusal.get());
        }
    }

    private static void pace(Stopwatch watch, double dueSeconds) throws InterruptedException {
        long aheadMillis = (long) ((dueSeconds - watch.seconds()) * 1e3);
        if (aheadMillis > 0) {
            Thread.sleep(aheadMillis);
        }
    }

    private void note(AsyncResult<ProduceStreamResponse> answer) {
        if (answer.failed()) {
            refusal.set(String.valueOf(answer.cause()));
        } else if (!answer.result().getResponse().getResultsList().stream()
                .allMatch(RecordResult::hasStored)) {
            refusal.set(answer.result().toString());
        }
    }
}
