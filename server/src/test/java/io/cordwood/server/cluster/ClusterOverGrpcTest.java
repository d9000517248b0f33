package io.cordwood.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.cluster.Cluster;
import io.cordwood.cluster.FromCommitter;
import io.cordwood.cluster.Line;
import io.cordwood.cluster.LineEnd;
import io.cordwood.cluster.Lines;
import io.cordwood.cluster.ToCommitter;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.commit.Proposal;
import io.cordwood.manifest.commit.ReserveProducerIds;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.follow.HeadProbe;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.server.vertx.VertxEventLoop;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Processes that share a log in memory, with real sockets between them. Who is elected when one is
 * gone may not know for a while that another was, so that is not asked.
 */
@Timeout(120)
class ClusterOverGrpcTest {

    private static final UUID CLUSTER = new UUID(7, 7);

    private final Vertx vertx = Vertx.vertx();
    private final MemoryObjectStore bucket = new MemoryObjectStore(() -> Instant.EPOCH);
    private final List<Throwable> bugs = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        vertx.close().await();
        assertThat(bugs).isEmpty();
    }

    @Test
    void whatAnyProposesIsCommittedByOneAndAnsweredWhereItWasProposed() throws TimeoutException {
        Resident first = new Resident(1);
        Resident second = new Resident(2);
        Resident third = new Resident(3);
        UUID id = new UUID(9, 9);

        assertThat(await(second.commit(new CreateTopic(id, new TopicName("orders"), 3))))
                .isEqualTo(id);
        List<Future<Long>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(List.of(first, second, third).get(i % 3)
                    .commit(new ReserveProducerIds(10)));
        }

        await(Future.all(answers));
        assertThat(answers).extracting(Future::result).doesNotHaveDuplicates();
        assertThat(first.isCommitter()).isTrue();
        assertThat(second.isCommitter()).isFalse();
        assertThat(third.isCommitter()).isFalse();
    }

    @Test
    void whenTheCommitterIsGoneAnotherTakesItsPlaceAndEverythingIsAnswered()
            throws TimeoutException {
        Resident first = new Resident(1);
        Resident second = new Resident(2);
        Resident third = new Resident(3);
        await(second.commit(new ReserveProducerIds(10)));

        await(first.leave());
        List<Future<Long>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add((i % 2 == 0 ? second : third).commit(new ReserveProducerIds(10)));
        }

        await(Future.all(answers));
        assertThat(answers).extracting(Future::result).doesNotHaveDuplicates();
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(60, TimeUnit.SECONDS);
    }

    private final class Resident {

        private final VertxEventLoop loop = VertxEventLoop.start(vertx, bugs::add).await();
        private final VertxEventLoop network = VertxEventLoop.start(vertx, bugs::add).await();
        private final ClusterServer server = ClusterServer.start(vertx, network, "127.0.0.1", 0)
                .await();
        private final Random chance;
        private final Cluster cluster;
        private final FailingObjectStore reached = new FailingObjectStore(bucket,
                FaultPolicy.none());
        private volatile boolean gone;

        Resident(long seed) throws TimeoutException {
            chance = new Random(seed);
            ManifestLog log = new ManifestLog(reached, loop, Backoff.standard(chance));
            Follower follower = new Follower(log, ManifestState.EMPTY, loop);
            cluster = new Cluster(new Cluster.Parts(follower, log, loop,
                    new BreakableLines(new GrpcLines(vertx, new GrpcLines.Here(server, network,
                            "127.0.0.1:" + server.port()), CLUSTER, loop)),
                    (sequence, object) -> {}, this::id, Backoff.standard(chance)));
            ClusterOverGrpcTest.await(loop.submit(() -> {
                new HeadProbe(follower, loop).start();
                return cluster.start();
            }));
        }

        private UUID id() {
            return new UUID(chance.nextLong(), chance.nextLong());
        }

        <T> Future<T> commit(Proposal<T> proposal) {
            return loop.submit(() -> cluster.commit(proposal));
        }

        boolean isCommitter() {
            return loop.submit(() -> Future.succeededFuture(cluster.isCommitter())).await();
        }

        /** Nobody can reach it any more, and it reaches nobody, nor the bucket. */
        Future<Void> leave() {
            gone = true;
            return loop.submit(() -> {
                reached.policy(request -> new Fault.Refused());
                return server.close();
            });
        }

        /** Lines that lead nowhere once the process is gone. */
        private final class BreakableLines implements Lines {

            private final Lines lines;

            BreakableLines(Lines lines) {
                this.lines = lines;
            }

            @Override
            public String address() {
                return lines.address();
            }

            @Override
            public Line<ToCommitter> open(String address, LineEnd<FromCommitter> end) {
                return lines.open(gone ? "nowhere" : address, end);
            }

            @Override
            public void serve(Function<Line<FromCommitter>, LineEnd<ToCommitter>> ends) {
                lines.serve(ends);
            }
        }
    }
}
