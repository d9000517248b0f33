package io.cordwood.bench;

import io.cordwood.bench.RawHttp.Answer;
import io.cordwood.server.cli.client.ServerAddress;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Produces over HTTP: connections that each send the next request when they have the answer. */
final class HttpProducers {

    private static final String BINARY = "application/vnd.kafka.binary.v2+json";

    private final ServerAddress server;
    private final int connections;
    private final Latencies latencies = new Latencies();
    private final AtomicInteger refused = new AtomicInteger();

    HttpProducers(ServerAddress server, int connections) {
        this.server = server;
        this.connections = connections;
    }

    /** How long each answer took. */
    Latencies latencies() {
        return latencies;
    }

    /** How many requests were refused for want of room, and sent again. */
    int refused() {
        return refused.get();
    }

    /** Sends the load until all of it is acknowledged. */
    void produce(Load load) throws Exception {
        AtomicInteger left = new AtomicInteger(load.requests());
        Crew.work(connections, number -> {
            byte[] body = load.http(number);
            try (RawHttp http = new RawHttp(server)) {
                while (left.getAndDecrement() > 0) {
                    send(http, "/topics/" + load.topic(), body);
                }
            }
        });
    }

    private void send(RawHttp http, String path, byte[] body) throws IOException {
        Stopwatch sent = Stopwatch.start();
        Answer answer = http.post(path, BINARY, body);
        while (answer.status() == 503) {
            refused.incrementAndGet();
            answer = http.post(path, BINARY, body);
        }
        answer.expectSuccess();
        latencies.add(sent.nanos());
    }
}
