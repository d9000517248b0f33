package io.cordwood.server.cluster;

import io.cordwood.cache.Peers;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another node that is asked as long as it answers. If it fails, or is silent, it is left alone for
 * a while, and what it owns comes from the bucket. Any thread may call; all happens on a loop.
 */
final class PatientPeer implements Peers.Peer {

    /**
     * For a whole answer. It may have to come from the bucket, where 8 MiB take a few hundred
     * milliseconds on a bad day: whoever gave up before that would have them fetched twice just
     * when the bucket is slow. Readers feel this once in a {@link #REST}, and only of a node that
     * is gone without a word.
     */
    static final Duration ANSWER_MAX = Duration.ofSeconds(1);

    /** For how long one that failed is not asked. */
    static final Duration REST = Duration.ofSeconds(5);

    /** As many as a node answers at a time. */
    static final int CALLS_MAX = ReadAnswers.BYTES_MAX / ReadAnswers.ANSWER_BYTES_MIN;

    private static final Logger LOG = LoggerFactory.getLogger(PatientPeer.class);

    private final EventLoop loop;
    private final String name;
    private final Calls calls;
    private Optional<Long> restsUntilNanos = Optional.empty();
    private int underWay;

    /**
     * One that is believed to answer.
     *
     * @param name for the log
     */
    PatientPeer(EventLoop loop, String name, Calls calls) {
        this.loop = loop;
        this.name = name;
        this.calls = calls;
    }

    /** How a node is asked. On the loop. */
    interface Calls {

        /**
         * Reads something. May never complete.
         *
         * @return empty if the node does not have it, or is busy; fails if it does not answer
         */
        Future<Optional<Bytes>> read(SharedRange asked);

        /** Ends what is under way: it is not waited for. The next call begins afresh. */
        void hangUp();
    }

    @Override
    public Future<Bytes> read(ObjectKey object, ByteRange range) {
        return loop.submit(() -> {
            if (rests() || underWay == CALLS_MAX) {
                return Future.failedFuture(new UnavailableException(name + " is not asked now"));
            }
            return ask(new SharedRange(object, range)).onFailure(this::rest);
        }).map(answer -> answer.orElseThrow(
                () -> new UnavailableException(name + " does not have it, or is busy")));
    }

    private Future<Optional<Bytes>> ask(SharedRange asked) {
        Promise<Optional<Bytes>> answer = Promise.promise();
        EventLoop.Timer patience = loop.schedule(ANSWER_MAX, () -> answer
                .tryFail(new UnavailableException("it did not answer within " + ANSWER_MAX)));
        underWay++;
        loop.confine(calls.read(asked)).onComplete(done -> {
            if (done.succeeded()) {
                answer.tryComplete(done.result());
            } else {
                answer.tryFail(done.cause());
            }
        });
        return answer.future().onComplete(done -> {
            underWay--;
            patience.cancel();
        });
    }

    private boolean rests() {
        return restsUntilNanos.filter(until -> loop.nanoTime() - until < 0).isPresent();
    }

    /** Others that wait for it fail too, and do not begin its rest anew. */
    private void rest(Throwable failure) {
        if (!rests()) {
            LOG.info("{} is not asked for blocks for {} s: {}", name, REST.toSeconds(),
                    failure.getMessage());
            restsUntilNanos = Optional.of(loop.nanoTime() + REST.toNanos());
            calls.hangUp();
        }
    }
}
