package io.cordwood.store.object;

import static io.cordwood.store.object.StoreUnderTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written is what is stored, and of those who write only if absent, one does. */
public interface WriteContract extends StoreUnderTest {

    @Test
    default void whatIsPutIsReadBack() {
        ObjectKey key = given("segments/1", "hello");

        assertThat(stored(key)).isEqualTo("hello");
    }

    @Test
    default void aPutReplacesWhatWasThere() {
        given("manifest/boundary", "a long first value");

        ObjectKey key = given("manifest/boundary", "second");

        assertThat(stored(key)).isEqualTo("second");
    }

    @Test
    default void aPutIfAbsentCreatesOnlyOnce() {
        ObjectKey key = new ObjectKey("manifest/log/1");

        PutOutcome first = settled(store().putIfAbsent(key, bytes("mine")));
        PutOutcome second = settled(store().putIfAbsent(key, bytes("theirs")));

        assertThat(first).isEqualTo(new PutOutcome.Created());
        assertThat(second).isEqualTo(new PutOutcome.Exists());
        assertThat(stored(key)).isEqualTo("mine");
    }

    @Test
    default void aPutIfAbsentFindsWhatWasPut() {
        ObjectKey key = given("manifest/log/1", "put");

        assertThat(settled(store().putIfAbsent(key, bytes("late"))))
                .isEqualTo(new PutOutcome.Exists());
        assertThat(stored(key)).isEqualTo("put");
    }

    @Test
    default void ofManyWritersExactlyOneCreates() {
        for (int round = 0; round < 20; round++) {
            ObjectKey key = new ObjectKey("manifest/log/" + round);

            List<Future<PutOutcome>> writers = new ArrayList<>();
            for (int writer = 0; writer < 16; writer++) {
                writers.add(store().putIfAbsent(key, bytes("writer " + writer)));
            }

            List<Integer> created = new ArrayList<>();
            for (int writer = 0; writer < 16; writer++) {
                if (settled(writers.get(writer)) instanceof PutOutcome.Created) {
                    created.add(writer);
                }
            }
            assertThat(created).hasSize(1);
            assertThat(stored(key)).isEqualTo("writer " + created.getFirst());
        }
    }

    @Test
    default void whatWasDeletedIsAbsentAndCanBeCreatedAgain() {
        ObjectKey key = given("manifest/log/1", "first");

        settled(store().delete(key));

        assertThat(settled(store().read(key, 100))).isEmpty();
        assertThat(settled(store().putIfAbsent(key, bytes("again"))))
                .isEqualTo(new PutOutcome.Created());
        assertThat(stored(key)).isEqualTo("again");
    }

    @Test
    default void deletingWhatIsAbsentSucceeds() {
        Future<Void> deleted = store().delete(new ObjectKey("segments/none"));

        settled(deleted);
        assertThat(deleted.succeeded()).isTrue();
    }

    @Test
    default void anObjectMayBeEmpty() {
        ObjectKey put = new ObjectKey("put");
        ObjectKey created = new ObjectKey("created");

        settled(store().put(put, bytes("")));
        settled(store().putIfAbsent(created, Bytes.of()));

        assertThat(stored(put)).isEmpty();
        assertThat(stored(created)).isEmpty();
    }

    @Test
    default void slicesAreJoinedFromWhereTheyStandToWhereTheyEnd() {
        ByteBuffer head = ByteBuffer.wrap("xxhead-".getBytes(StandardCharsets.UTF_8)).position(2);
        ByteBuffer direct = ByteBuffer.allocateDirect(8)
                .put("body".getBytes(StandardCharsets.UTF_8)).flip();
        ByteBuffer none = ByteBuffer.allocate(4).position(4);
        ByteBuffer tail = ByteBuffer.wrap("..-tail..".getBytes(StandardCharsets.UTF_8), 2, 5);
        Bytes bytes = Bytes.of(head, direct, none, tail);

        ObjectKey put = new ObjectKey("put");
        ObjectKey created = new ObjectKey("created");
        settled(store().put(put, bytes));
        settled(store().putIfAbsent(created, bytes));

        assertThat(stored(put)).isEqualTo("head-body-tail");
        assertThat(stored(created)).isEqualTo("head-body-tail");
        assertThat(head.position()).isEqualTo(2);
    }

    @Test
    default void aLargeObjectOfManySlicesIsStoredWhole() {
        byte[] content = new byte[3_000_001];
        new Random(1).nextBytes(content);
        List<ByteBuffer> slices = new ArrayList<>();
        for (int from = 0; from < 1_000_000; from += 1_000) {
            slices.add(ByteBuffer.wrap(content, from, 1_000));
        }
        slices.add(ByteBuffer.wrap(content, 1_000_000, 2_000_001));

        ObjectKey key = new ObjectKey("segments/large");
        settled(store().put(key, Bytes.of(slices)));

        ByteBuffer read = settled(store().read(key, content.length)).orElseThrow();
        assertThat(read).isEqualTo(ByteBuffer.wrap(content));
        assertThat(settled(store().get(key, new ByteRange(999_999, 1_500_000))))
                .isEqualTo(ByteBuffer.wrap(content, 999_999, 1_500_000));
    }

    @Test
    default void whatWasWrittenNoLongerBelongsToTheStore() {
        byte[] mine = "before".getBytes(StandardCharsets.UTF_8);
        ObjectKey key = new ObjectKey("segments/1");

        settled(store().put(key, Bytes.wrap(mine)));
        mine[0] = 'X';

        assertThat(stored(key)).isEqualTo("before");
    }
}
