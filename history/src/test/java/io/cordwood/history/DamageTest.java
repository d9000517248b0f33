package io.cordwood.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.history.batch.Packing;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.store.object.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A file that is not what was written is corrupt, whoever asks for what; or it answers as if it was
 * whole, since not every byte of a page's head says something.
 */
class DamageTest {

    private static final RandomLog LOG = RandomLog.of(1, 60, 60);
    private static final Shelf WHOLE = Shelf.of(LOG, Shelf.SMALL, Packing.NONE);
    private static final List<SeenRecord> RECORDS = LOG.seen();

    @Test
    void whateverIsDoneToItsBytesAFileAnswersRightlyOrIsCorrupt() {
        int corrupt = 0;
        for (long seed = 1; seed <= 1_000; seed++) {
            Shelf damaged = WHOLE.damaged(Bytes.of(mutilated(new Random(seed))));

            Optional<List<SeenRecord>> read = read(damaged, seed);

            corrupt += read.isEmpty() ? 1 : 0;
            read.ifPresent(records -> assertThat(records).isEqualTo(RECORDS));
        }
        assertThat(corrupt).isGreaterThan(700);
    }

    @Test
    void everyByteOfTheTailIsGuarded() {
        byte[] bytes = WHOLE.finished().bytes().copy().array();
        int tail = (int) WHOLE.finished().file().shape().tail().position();
        for (int i = tail; i < bytes.length; i += 7) {
            byte[] changed = bytes.clone();
            changed[i] ^= 4;
            Shelf damaged = WHOLE.damaged(Bytes.wrap(changed));

            assertThatThrownBy(damaged::tail).as("byte %d", i)
                    .isInstanceOf(CorruptException.class);
        }
    }

    @Test
    void aFileThatIsCutIsCorruptOrHasNoTail() {
        ByteBuffer bytes = WHOLE.finished().bytes().copy();
        int tail = (int) WHOLE.finished().file().shape().tail().position();

        assertThatThrownBy(WHOLE.damaged(Bytes.of(bytes.slice(0, bytes.limit() - 1)))::tail)
                .isInstanceOf(CorruptException.class);
        assertThatThrownBy(WHOLE.damaged(Bytes.of(bytes.slice(0, tail)))::tail)
                .isInstanceOf(MissingObjectException.class);
    }

    @Test
    void anotherFilesTailIsCorrupt() {
        Shelf other = Shelf.of(RandomLog.of(2, 60, 60), Shelf.SMALL, Packing.NONE);

        assertThatThrownBy(WHOLE.damaged(other.finished().bytes())::tail)
                .isInstanceOfAny(CorruptException.class, MissingObjectException.class);
    }

    private static Optional<List<SeenRecord>> read(Shelf shelf, long seed) {
        try {
            Shelf.result(shelf.reader().latest(shelf.tail(), LOG.baseOffset()));
            return Optional.of(shelf.readFrom(LOG.baseOffset(), 5_000));
        } catch (CorruptException expected) {
            return Optional.empty();
        } catch (RuntimeException | Error other) {
            throw new AssertionError("seed " + seed, other);
        }
    }

    /** Wounds in the row groups, for the tail is looked at as a whole. */
    private static ByteBuffer mutilated(Random random) {
        ByteBuffer bytes = WHOLE.finished().bytes().copy();
        int tail = (int) WHOLE.finished().file().shape().tail().position();
        for (int wounds = 1 + random.nextInt(3); wounds > 0; wounds--) {
            int anywhere = random.nextInt(tail);
            switch (random.nextInt(4)) {
                case 0 -> bytes.put(anywhere, (byte) random.nextInt());
                case 1 -> bytes.put(anywhere, (byte) -1);
                case 2 -> {
                    int from = random.nextInt(tail - 64);
                    int length = Math.min(random.nextInt(64), tail - anywhere);
                    byte[] piece = new byte[length];
                    bytes.get(from, piece);
                    bytes.put(anywhere, piece);
                }
                default -> bytes.put(anywhere,
                        (byte) (bytes.get(anywhere) ^ 1 << random.nextInt(8)));
            }
        }
        return bytes;
    }
}
