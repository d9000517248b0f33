package io.cordwood.store.object;

import static io.cordwood.store.object.StoreUnderTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.UnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What comes piece by piece is stored as one object, when all of it is there. */
public interface StreamContract extends StoreUnderTest {

    /** Several parts of any store, and a little more. */
    int LARGE_BYTES = (20 << 20) + 12_345;

    @Test
    default void whatIsStreamedIsReadBackInItsOrder() {
        ObjectKey key = new ObjectKey("segments/1");

        settled(store().putStream(key,
                ByteSource.of(List.of(bytes("one "), bytes(""), bytes("two "), bytes("three")))));

        assertThat(stored(key)).isEqualTo("one two three");
        assertThat(keys("", 10)).containsExactly("segments/1");
    }

    @Test
    default void aStreamWithoutPiecesIsAnEmptyObject() {
        ObjectKey key = new ObjectKey("segments/1");

        settled(store().putStream(key, ByteSource.of(List.of())));

        assertThat(stored(key)).isEmpty();
    }

    @Test
    default void aLargeStreamIsStoredWholeHoweverItIsCut() {
        byte[] content = new byte[LARGE_BYTES];
        new Random(1).nextBytes(content);
        List<Bytes> pieces = new ArrayList<>();
        int position = 0;
        while (position < content.length) {
            int length = Math.min(1 + (position * 7 + 3_333_333) % 9_000_000,
                    content.length - position);
            pieces.add(Bytes.of(ByteBuffer.wrap(content, position, length)));
            position += length;
        }

        ObjectKey key = new ObjectKey("segments/large");
        settled(store().putStream(key, ByteSource.of(pieces)));

        assertThat(settled(store().read(key, content.length)).orElseThrow())
                .isEqualTo(ByteBuffer.wrap(content));
    }

    @Test
    default void nothingIsSeenOfAStreamBeforeAllOfItIsThere() {
        ObjectKey key = new ObjectKey("segments/large");
        Promise<Optional<Bytes>> last = Promise.promise();
        Queue<Future<Optional<Bytes>>> answers = new ArrayDeque<>(
                List.of(Future.succeededFuture(Optional.of(Bytes.wrap(new byte[LARGE_BYTES]))),
                        last.future(), Future.succeededFuture(Optional.empty())));
        AtomicBoolean asked = new AtomicBoolean();

        Future<Void> written = store().putStream(key, () -> {
            asked.set(answers.size() == 2);
            return answers.remove();
        });
        while (!asked.get()) {
            Thread.onSpinWait();
        }
        assertThat(stored(key)).isEqualTo("(absent)");
        assertThat(keys("", 10)).isEmpty();

        last.complete(Optional.of(bytes("end")));
        settled(written);
        assertThat(settled(store().get(key, new ByteRange(LARGE_BYTES, 10))))
                .isEqualTo(bytes("end").copy());
    }

    @Test
    default void aStreamWhoseSourceFailsIsNoObjectAndFailsLikeIt() {
        for (int size : List.of(10, LARGE_BYTES)) {
            ObjectKey key = new ObjectKey("segments/" + size);
            Queue<Future<Optional<Bytes>>> answers = new ArrayDeque<>(
                    List.of(Future.succeededFuture(Optional.of(Bytes.wrap(new byte[size]))),
                            Future.failedFuture(new UnavailableException("no more"))));

            assertThatThrownBy(() -> settled(store().putStream(key, answers::remove)))
                    .isInstanceOf(UnavailableException.class).hasMessage("no more");

            assertThat(stored(key)).isEqualTo("(absent)");
            assertThat(keys("", 10)).isEmpty();
        }
    }

    @Test
    default void aSourceIsAskedForOnePieceAtATimeUpToItsEnd() {
        int pieces = 30;
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger open = new AtomicInteger();
        ByteSource source = () -> {
            assertThat(open.incrementAndGet()).isEqualTo(1);
            Optional<Bytes> piece = asked.incrementAndGet() > pieces
                    ? Optional.empty()
                    : Optional.of(Bytes.wrap(new byte[1 << 20]));
            open.decrementAndGet();
            return Future.succeededFuture(piece);
        };

        settled(store().putStream(new ObjectKey("segments/1"), source));

        assertThat(asked).hasValue(pieces + 1);
    }
}
