package io.cordwood.server.cluster;

import io.cordwood.cluster.FromCommitter;
import io.cordwood.cluster.Line;
import io.cordwood.cluster.LineEnd;
import io.cordwood.cluster.ToCommitter;
import io.cordwood.server.vertx.VertxEventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A node that listens, and another that calls it. */
final class TwoNodes implements AutoCloseable {

    static final UUID CLUSTER = UUID.fromString("00000000-0000-0007-0000-000000000007");
    static final String HOST = "127.0.0.1";

    final Vertx vertx = Vertx.vertx();
    final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    final VertxEventLoop network = loop();
    final VertxEventLoop near = loop();
    final VertxEventLoop far = loop();
    final ClusterServer server = ClusterServer.start(vertx, network, HOST, 0).await();
    private final BlockingQueue<Speaker<FromCommitter, ToCommitter>> accepted;

    TwoNodes() {
        accepted = new LinkedBlockingQueue<>();
    }

    private VertxEventLoop loop() {
        return VertxEventLoop.start(vertx, bugs::add).await();
    }

    /** The one that listens belongs to a cluster from now on. */
    TwoNodes serve() {
        server.serve(CLUSTER, this::accept, far);
        return this;
    }

    private LineEnd<ToCommitter> accept(Line<FromCommitter> line) {
        Speaker<FromCommitter, ToCommitter> speaker = new Speaker<>(far, end -> line);
        accepted.add(speaker);
        return speaker;
    }

    /** The end of the next line that the one that listens has accepted. */
    Speaker<FromCommitter, ToCommitter> accepted() throws InterruptedException {
        Speaker<FromCommitter, ToCommitter> speaker = accepted.poll(30, TimeUnit.SECONDS);
        if (speaker == null) {
            throw new AssertionError("nobody has called");
        }
        return speaker;
    }

    boolean hasAccepted() {
        return !accepted.isEmpty();
    }

    Speaker<ToCommitter, FromCommitter> open() {
        return open(CLUSTER, HOST + ":" + server.port());
    }

    Speaker<ToCommitter, FromCommitter> open(UUID cluster, String address) {
        GrpcLines lines = new GrpcLines(vertx, new GrpcLines.Here(server, network, HOST), cluster,
                near);
        return near.submit(() -> Future.succeededFuture(new Speaker<ToCommitter, FromCommitter>(
                near, end -> lines.open(address, end)))).await();
    }

    /** Ends everything, so that whatever could still be told was told. */
    @Override
    public void close() {
        vertx.close().await();
        if (!bugs.isEmpty()) {
            throw new AssertionError("something was thrown that nobody expected", bugs.getFirst());
        }
    }
}
