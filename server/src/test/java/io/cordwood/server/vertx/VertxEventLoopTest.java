package io.cordwood.server.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VertxEventLoopTest {

    private final Vertx vertx = Vertx.vertx();
    private final VertxWorkers workers = new VertxWorkers(vertx, "work", 2);
    private final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    private VertxEventLoop loop;

    @BeforeEach
    void start() {
        loop = await(VertxEventLoop.start(vertx, bugs::add));
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void onlyItsOwnThreadIsTheLoop() {
        assertThat(loop.isCurrent()).isFalse();
        assertThat(await(onLoop(() -> Future.succeededFuture(loop.isCurrent())))).isTrue();
        assertThat(await(onContextOf(vertx))).isFalse();
    }

    @Test
    void aWorkerThatWorksForTheLoopIsNotTheLoop() {
        assertThat(await(onLoop(() -> workers.call(loop::isCurrent)))).isFalse();
    }

    @Test
    void whatAWorkerHasDoneForTheLoopIsBroughtToTheLoop() {
        Thread own = await(onLoop(() -> Future.succeededFuture(Thread.currentThread())));

        for (int i = 0; i < 1_000; i++) {
            Thread broughtTo = await(onLoop(() -> loop.confine(workers.call(() -> true))
                    .map(done -> Thread.currentThread())));
            assertThat(broughtTo).isSameAs(own);
        }
    }

    @Test
    void tasksRunInTheOrderInWhichTheyWereGivenAndNeverAtOnce() {
        List<Integer> ran = new CopyOnWriteArrayList<>();

        List<Integer> ranAtOnce = await(onLoop(() -> {
            Promise<List<Integer>> before = Promise.promise();
            for (int i = 0; i < 100; i++) {
                int number = i;
                loop.execute(() -> ran.add(number));
            }
            List<Integer> soFar = List.copyOf(ran);
            loop.execute(() -> before.complete(soFar));
            return before.future();
        }));

        assertThat(ranAtOnce).isEmpty();
        assertThat(ran).hasSize(100).isSorted();
    }

    @Test
    void aTimerFiresOnTheLoopUnlessItWasCancelled() {
        List<String> fired = new CopyOnWriteArrayList<>();

        boolean onLoop = await(onLoop(() -> {
            Promise<Boolean> last = Promise.promise();
            loop.schedule(Duration.ofMillis(1), () -> fired.add("cancelled")).cancel();
            loop.schedule(Duration.ofMillis(20), () -> last.complete(loop.isCurrent()));
            return last.future();
        }));

        assertThat(onLoop).isTrue();
        assertThat(fired).isEmpty();
    }

    @Test
    void whatATaskThrowsIsReported() {
        IllegalStateException bug = new IllegalStateException("a bug");
        Promise<Throwable> reported = Promise.promise();

        await(VertxEventLoop.start(vertx, reported::tryComplete)).execute(() -> {
            throw bug;
        });

        assertThat(await(reported.future())).isSameAs(bug);
        assertThatThrownBy(() -> await(onLoop(() -> {
            throw bug;
        }))).isSameAs(bug);
        assertThat(bugs).isEmpty();
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> task) {
        return loop.submit(task);
    }

    private Future<Boolean> onContextOf(Vertx other) {
        Promise<Boolean> promise = Promise.promise();
        other.getOrCreateContext().runOnContext(on -> promise.complete(loop.isCurrent()));
        return promise.future();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("nothing came of it", late);
        }
    }
}
