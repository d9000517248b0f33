package io.cordwood.simulation.work;

import io.cordwood.kafka.producers.TransactionEnds;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.simulation.process.NodeProcess;
import io.cordwood.simulation.truth.Inquiry;
import io.cordwood.simulation.world.World;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a producer asks for beside appends, as Kafka's client does: again, the same, until there is
 * an answer. Answers get lost on the way.
 */
final class Requests {

    private static final int BACKOFF_MILLIS_MAX = 1_000;
    private static final int PATIENCE_MILLIS_MIN = 500;
    private static final int PATIENCE_MILLIS_MAX = 8_000;
    private static final int LOST_ONE_IN = 8;
    private static final int STRAYS_ONE_IN = 6;
    private static final int STRAYS_MILLIS_MAX = 20_000;

    private final World world;
    private final Contact contact;
    private boolean closed;

    Requests(World world, Contact contact) {
        this.world = world;
        this.contact = contact;
    }

    /** Asks until there is an answer. */
    <T> void ask(Question<T> question) {
        if (closed) {
            return;
        }
        contact.process().ifPresentOrElse(to -> attempt(question, to), () -> askLater(question));
    }

    /** Asks nothing any more, and hears nothing. */
    void close() {
        closed = true;
    }

    private <T> void askLater(Question<T> question) {
        world.writeAfter(millis(BACKOFF_MILLIS_MAX), () -> ask(question));
    }

    private <T> void attempt(Question<T> question, NodeProcess to) {
        Try current = new Try();
        send(question, to, done -> answered(question, current, done));
        world.time().schedule(millis(PATIENCE_MILLIS_MAX).plusMillis(PATIENCE_MILLIS_MIN),
                () -> giveUp(question, current));
        if (question.mayStray() && world.chance().nextInt(STRAYS_ONE_IN) == 0) {
            world.writeAfter(millis(STRAYS_MILLIS_MAX), () -> contact.someProcess()
                    .ifPresent(another -> send(question, another, done -> {})));
        }
    }

    private <T> void send(Question<T> question, NodeProcess to, Consumer<AsyncResult<T>> then) {
        world.note("ask " + to + " to " + question.what());
        Inquiry inquiry = world.inquiries().ask(question.what(), to.life(),
                world.time().nanoTime());
        question.request().apply(to.producers().orElseThrow()).onComplete(done -> {
            world.note("answer of " + to + " to " + question.what() + ": " + Failure.of(done));
            world.inquiries().answered(inquiry);
            if (done.failed()) {
                check(to, done.cause());
            }
            then.accept(done);
        });
    }

    private void check(NodeProcess asked, Throwable failure) {
        world.judge().check(Failure.isRightful(failure, asked),
                "what is asked for is refused or unknown, not failed by %s", failure);
    }

    private <T> void giveUp(Question<T> question, Try current) {
        if (!current.over) {
            current.over = true;
            contact.leave();
            askLater(question);
        }
    }

    private <T> void answered(Question<T> question, Try current, AsyncResult<T> done) {
        if (closed || current.over || world.chance().nextInt(LOST_ONE_IN) == 0) {
            return;
        }
        current.over = true;
        if (done.succeeded()) {
            question.answered().accept(done.result());
        } else if (done.cause() instanceof RejectedException refusal
                && refusal.reason() != Reason.CONCURRENT_TRANSACTIONS) {
            question.refused().accept(refusal);
        } else {
            contact.leave();
            askLater(question);
        }
    }

    private Duration millis(int max) {
        return Duration.ofMillis(world.chance().nextInt(max));
    }

    /**
     * What is asked for.
     *
     * @param what it is, for people
     * @param mayStray whether it does no harm if it arrives once more, long after
     */
    record Question<T>(String what, boolean mayStray,
            Function<TransactionEnds, Future<T>> request, Consumer<T> answered,
            Consumer<RejectedException> refused) {}

    /** Whether the answer to a request is still waited for. */
    private static final class Try {

        private boolean over;
    }
}
