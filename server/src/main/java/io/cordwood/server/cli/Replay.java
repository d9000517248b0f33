package io.cordwood.server.cli;

import io.cordwood.server.cli.client.LogConnection;
import io.cordwood.server.grpc.proto.FetchRequest;
import io.cordwood.server.grpc.proto.FetchResponse;
import io.cordwood.server.grpc.proto.Position;
import io.cordwood.server.grpc.proto.Until;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads the partitions of a replay, several at a time, each in its order. */
final class Replay implements AutoCloseable {

    private final String topic;
    private final Printout printout;
    private final Queue<Span> spans;
    /** One for each reader: a connection is carried by one thread at either end. */
    private final List<LogConnection> connections = new ArrayList<>();

    /** Reads nothing yet. */
    Replay(ServerOption server, ReplayState state, Printout printout, int parallel) {
        this.topic = state.order().topic();
        this.printout = printout;
        this.spans = new ConcurrentLinkedQueue<>(state.left());
        while (connections.size() < Math.min(parallel, spans.size())) {
            connections.add(server.connect());
        }
    }

    /** Returns when all is printed. */
    void run() throws Exception {
        Crew.work(connections.stream().<Callable<Void>>map(connection -> () -> read(connection))
                .toList());
    }

    private Void read(LogConnection connection) throws IOException {
        for (Optional<Span> span = next(); span.isPresent(); span = next()) {
            read(connection, span.get());
        }
        return null;
    }

    private Optional<Span> next() {
        return Optional.ofNullable(spans.poll());
    }

    private void read(LogConnection connection, Span span) throws IOException {
        FetchRequest request = FetchRequest.newBuilder().setTopic(topic)
                .setPartition(span.partition())
                .setStart(Position.newBuilder().setOffset(span.start()))
                .setUntil(Until.OFFSET).setEndOffset(span.end()).build();
        try (PartitionFeed feed = PartitionFeed.begun(connection, request)) {
            for (Optional<FetchResponse> message = feed.next(); message.isPresent(); message = feed
                    .next()) {
                printout.print(span, message.get());
            }
        }
        printout.finish(span);
    }

    @Override
    public void close() {
        connections.forEach(LogConnection::close);
    }
}
