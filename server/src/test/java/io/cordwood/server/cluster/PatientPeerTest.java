package io.cordwood.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PatientPeerTest {

    private static final SharedRange ASKED = new SharedRange(new ObjectKey("segments/00/one"),
            new ByteRange(10, 20));

    private final ManualEventLoop loop = new ManualEventLoop();
    private final FakeCalls calls = new FakeCalls();
    private final PatientPeer peer = new PatientPeer(loop, "The other", calls);

    @Test
    void whatIsAnsweredIsPassedOn() {
        Bytes answer = Bytes.wrap(new byte[3]);

        Future<Bytes> read = read();
        calls.next().complete(Optional.of(answer));

        assertThat(calls.asked).containsExactly(ASKED);
        assertThat(read.result()).isSameAs(answer);
    }

    @Test
    void whoIsSilentIsGivenUpAndNotAskedForAWhile() {
        Future<Bytes> read = read();
        loop.advance(PatientPeer.ANSWER_MAX.minusMillis(1));
        assertThat(read.isComplete()).isFalse();
        loop.advance(Duration.ofMillis(1));

        assertThat(read.cause()).isInstanceOf(UnavailableException.class);
        assertThat(calls.hungUp).isEqualTo(1);
        assertThat(read().cause()).isInstanceOf(UnavailableException.class);
        loop.advance(PatientPeer.REST.minusMillis(1));
        assertThat(read().failed()).isTrue();
        assertThat(calls.asked).hasSize(1);

        loop.advance(Duration.ofMillis(1));
        calls.next();
        Future<Bytes> again = read();
        calls.next().complete(Optional.of(Bytes.of()));
        assertThat(again.succeeded()).isTrue();
    }

    @Test
    void whoFailsIsNotAskedForAWhile() {
        Future<Bytes> read = read();
        calls.next().fail(new UnavailableException("gone"));

        assertThat(read.cause()).hasMessage("gone");
        assertThat(read().failed()).isTrue();
        assertThat(calls.asked).hasSize(1);
        loop.advance(PatientPeer.REST);
        read();
        assertThat(calls.asked).hasSize(2);
    }

    @Test
    void whoDoesNotHaveItOrIsBusyIsAskedAgain() {
        Future<Bytes> read = read();
        calls.next().complete(Optional.empty());

        assertThat(read.cause()).isInstanceOf(UnavailableException.class);
        assertThat(calls.hungUp).isZero();
        read();
        assertThat(calls.asked).hasSize(2);
    }

    @Test
    void allThatWaitFailTogetherAndBeginOneRest() {
        Future<Bytes> first = read();
        loop.advance(Duration.ofMillis(500));
        Future<Bytes> second = read();
        loop.advance(Duration.ofMillis(500));
        assertThat(first.failed()).isTrue();
        assertThat(second.isComplete()).isFalse();

        loop.advance(Duration.ofMillis(500));
        assertThat(second.failed()).isTrue();
        assertThat(calls.hungUp).isEqualTo(1);
        loop.advance(PatientPeer.REST.minusMillis(500));
        read();
        assertThat(calls.asked).hasSize(3);
    }

    @Test
    void noMoreAreUnderWayThanItAnswers() {
        for (int i = 0; i < PatientPeer.CALLS_MAX; i++) {
            assertThat(read().isComplete()).isFalse();
        }

        assertThat(read().cause()).isInstanceOf(UnavailableException.class);
        assertThat(calls.asked).hasSize(PatientPeer.CALLS_MAX);
        calls.next().complete(Optional.empty());
        assertThat(read().isComplete()).isFalse();
        loop.advance(PatientPeer.ANSWER_MAX.plus(PatientPeer.REST));
        assertThat(read().isComplete()).isFalse();
    }

    @Test
    void anAnswerThatComesTooLateIsOfNoUse() {
        Future<Bytes> read = read();
        loop.advance(PatientPeer.ANSWER_MAX);

        calls.next().complete(Optional.of(Bytes.of()));

        assertThat(read.failed()).isTrue();
    }

    private Future<Bytes> read() {
        return peer.read(ASKED.key(), ASKED.range());
    }

    /** Keeps what is asked until the test answers. */
    private static final class FakeCalls implements PatientPeer.Calls {

        private final List<SharedRange> asked = new ArrayList<>();
        private final List<Promise<Optional<Bytes>>> open = new ArrayList<>();
        private int hungUp;

        /** The oldest call that was not answered. */
        Promise<Optional<Bytes>> next() {
            return open.removeFirst();
        }

        @Override
        public Future<Optional<Bytes>> read(SharedRange range) {
            asked.add(range);
            Promise<Optional<Bytes>> answer = Promise.promise();
            open.add(answer);
            return answer.future();
        }

        @Override
        public void hangUp() {
            hungUp++;
        }
    }
}
