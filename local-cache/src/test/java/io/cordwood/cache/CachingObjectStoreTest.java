package io.cordwood.cache;

import static io.cordwood.cache.Content.BLOCK;
import static io.cordwood.cache.Content.array;
import static io.cordwood.cache.Content.key;
import static io.cordwood.cache.Content.now;
import static io.cordwood.cache.Content.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.PutOutcome;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachingObjectStoreTest {

    private static final ObjectKey KEY = key("segments/00/one");

    private final TracedStore bucket = new TracedStore();
    private final CachingObjectStore cache = CachingObjectStore.inMemory(bucket,
            new CacheSettings(64L << 20, 0));

    @Test
    void whatWasWrittenIsReadWithoutAskingTheBucket() {
        byte[] content = Content.bytes(2 * BLOCK + 5, 1);
        byte[] other = Content.bytes(10, 2);

        now(cache.put(KEY, Bytes.wrap(content)));
        now(cache.putIfAbsent(key("log/1"), Bytes.wrap(other)));

        assertThat(array(cache.get(KEY, range(0, content.length)))).isEqualTo(content);
        assertThat(array(cache.get(key("log/1"), range(0, 10)))).isEqualTo(other);
        assertThat(bucket.takeGets()).isEmpty();
    }

    @Test
    void whatAnotherProcessHasWrittenAndToldOfIsReadWithoutAskingTheBucket() {
        byte[] content = stored(2 * BLOCK + 7);

        cache.remember(KEY, ByteBuffer.wrap(content).asReadOnlyBuffer());

        assertThat(array(cache.get(KEY, range(0, 3 * BLOCK)))).isEqualTo(content);
        assertThat(bucket.takeGets()).isEmpty();
    }

    @Test
    void aBlockIsFetchedWholeAndOnce() {
        byte[] content = stored(3 * BLOCK);

        byte[] first = array(cache.get(KEY, range(BLOCK + 10, 20)));
        byte[] second = array(cache.get(KEY, range(BLOCK + 1_000, 20)));

        assertThat(first).isEqualTo(Arrays.copyOfRange(content, BLOCK + 10, BLOCK + 30));
        assertThat(second).isEqualTo(Arrays.copyOfRange(content, BLOCK + 1_000, BLOCK + 1_020));
        assertThat(bucket.takeGets()).containsExactly(range(BLOCK, BLOCK));
    }

    @Test
    void noMoreIsOnItsWayFromTheBucketThanHalfOfWhatTheMemoryHolds() {
        List<Future<ByteBuffer>> reads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            now(bucket.put(key("segments/00/" + i), Content.of(100, i)));
        }
        bucket.hold();
        for (int i = 0; i < 100; i++) {
            reads.add(cache.get(key("segments/00/" + i), range(0, 10)));
        }

        assertThat(bucket.takeGets().stream().mapToLong(ByteRange::length).sum())
                .isBetween((32L << 20) - BLOCK, 32L << 20);
        bucket.release();
        assertThat(reads).allMatch(Future::succeeded);
    }

    @Test
    void whatWasFetchedAheadIsReadWithoutAskingTheBucket() {
        byte[] content = stored(2 * BLOCK);

        now(cache.fetchAhead(KEY, range(10, BLOCK)));

        assertThat(bucket.takeGets()).containsExactly(range(0, 2 * BLOCK));
        assertThat(array(cache.get(KEY, range(0, 2 * BLOCK)))).isEqualTo(content);
        assertThat(bucket.takeGets()).isEmpty();
    }

    @Test
    void aBlockIsFetchedOnceForAllWhoWait() {
        byte[] content = stored(BLOCK);
        bucket.hold();

        Future<ByteBuffer> first = cache.get(KEY, range(0, 10));
        Future<ByteBuffer> second = cache.get(KEY, range(5, 10));
        assertThat(first.isComplete() || second.isComplete()).isFalse();
        bucket.release();

        assertThat(array(first)).isEqualTo(Arrays.copyOf(content, 10));
        assertThat(array(second)).isEqualTo(Arrays.copyOfRange(content, 5, 15));
        assertThat(bucket.takeGets()).hasSize(1);
    }

    @Test
    void adjacentMissingBlocksAreFetchedByOneRequest() {
        byte[] content = stored(6 * BLOCK);
        cache.get(KEY, range(2 * BLOCK, 1));
        bucket.takeGets();

        byte[] whole = array(cache.get(KEY, range(0, 6 * BLOCK)));

        assertThat(whole).isEqualTo(content);
        assertThat(bucket.takeGets()).containsExactly(range(0, 2 * BLOCK),
                range(3L * BLOCK, 3 * BLOCK));
    }

    @Test
    void aRequestToTheBucketIsBoundedAndItsBlocksAreRememberedOneByOne() {
        byte[] content = stored(19 * BLOCK);

        byte[] whole = array(cache.get(KEY, range(0, 19 * BLOCK)));

        assertThat(Arrays.equals(whole, content)).isTrue();

        assertThat(bucket.takeGets()).extracting(ByteRange::length)
                .containsExactly(8 * BLOCK, 8 * BLOCK, 3 * BLOCK);
        for (int block = 0; block < 19; block++) {
            now(cache.get(KEY, range((long) block * BLOCK, 1)));
        }
        assertThat(bucket.takeGets()).isEmpty();
    }

    @Test
    void everyRangeIsAnsweredAsTheBucketAnswersIt() {
        for (int size : new int[]{1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK}) {
            ObjectKey object = key("size-" + size);
            now(bucket.put(object, Content.of(size, size)));
            for (long position : new long[]{0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK - 1,
                    2 * BLOCK, 9L * BLOCK}) {
                for (int length : new int[]{1, 2, BLOCK, BLOCK + 1, 3 * BLOCK}) {
                    expectLikeBucket(object, range(position, length));
                }
            }
        }
    }

    @Test
    void aRangeFarPastTheEndCostsFewRequests() {
        byte[] content = stored(10);

        byte[] whole = array(cache.get(KEY, range(0, Integer.MAX_VALUE)));

        assertThat(whole).isEqualTo(content);
        assertThat(bucket.takeGets()).hasSizeLessThan(10);
    }

    @Test
    void theEndOfAnObjectIsRemembered() {
        byte[] content = stored(BLOCK + 7);
        cache.get(KEY, range(BLOCK, 1));
        bucket.takeGets();

        byte[] tail = array(cache.get(KEY, range(BLOCK + 2, 10 * BLOCK)));
        Future<ByteBuffer> past = cache.get(KEY, range(BLOCK + 7, 1));

        assertThat(tail).isEqualTo(Arrays.copyOfRange(content, BLOCK + 2, BLOCK + 7));
        assertThat(past.cause()).isInstanceOf(MissingObjectException.class);
        assertThat(bucket.takeGets()).isEmpty();
    }

    @Test
    void theEndOfAnObjectOfFullBlocksIsRemembered() {
        byte[] content = stored(BLOCK);
        now(cache.get(KEY, range(0, 1)));
        now(cache.get(KEY, range(0, BLOCK + 1)));
        bucket.takeGets();

        byte[] whole = array(cache.get(KEY, range(0, 2 * BLOCK)));

        assertThat(whole).isEqualTo(content);
        assertThat(bucket.takeGets()).isEmpty();
    }

    @Test
    void anObjectThatIsGoneIsNotTakenForOneThatEnded() {
        stored(2 * BLOCK);
        now(cache.get(KEY, range(0, 1)));
        now(bucket.delete(KEY));

        Future<ByteBuffer> answer = cache.get(KEY, range(0, 2 * BLOCK));

        assertThat(answer.cause()).isInstanceOf(MissingObjectException.class);
    }

    @Test
    void aFailedLoadIsToldToAllWhoWaitAndNotRemembered() {
        stored(10);
        bucket.failNext(new UnavailableException("try later"));

        Future<ByteBuffer> answer = cache.get(KEY, range(0, 1));

        assertThat(answer.cause()).isInstanceOf(UnavailableException.class);
        assertThat(cache.get(KEY, range(0, 1)).succeeded()).isTrue();
    }

    @Test
    void whoTriesAgainAsSoonAsItFailedAsksTheBucketAgain() {
        stored(10);
        bucket.failNext(new UnavailableException("try later"));

        Future<ByteBuffer> answer = cache.get(KEY, range(0, 1))
                .recover(failure -> cache.get(KEY, range(0, 1)));

        assertThat(answer.succeeded()).isTrue();
    }

    @Test
    void whoeverThrowsWhenToldKeepsNobodyElseWaiting() {
        stored(3 * BLOCK);
        bucket.hold();
        cache.get(KEY, range(0, 2 * BLOCK)).onComplete(done -> {
            throw new IllegalStateException("thrown by the test");
        });
        Future<ByteBuffer> other = cache.get(KEY, range(BLOCK, BLOCK));

        bucket.release();

        assertThat(other.succeeded()).isTrue();
        assertThat(cache.get(KEY, range(0, 2 * BLOCK)).succeeded()).isTrue();
    }

    @Test
    void anAnswerIsTheCallersOwn() {
        byte[] content = stored(BLOCK + 10);
        ByteBuffer answer = now(cache.get(KEY, range(0, BLOCK + 10)));

        answer.put(new byte[BLOCK + 10]);

        assertThat(array(cache.get(KEY, range(0, BLOCK + 10)))).isEqualTo(content);
    }

    @Test
    void whatWasWrittenIsCopied() {
        byte[] content = Content.bytes(10, 1);
        byte[] written = content.clone();
        now(cache.put(KEY, Bytes.of(ByteBuffer.wrap(written, 0, 4),
                ByteBuffer.wrap(written, 4, 6))));

        Arrays.fill(written, (byte) 7);

        assertThat(array(cache.get(KEY, range(0, 10)))).isEqualTo(content);
    }

    @Test
    void aLargeObjectIsNotRememberedWhenItIsWritten() {
        CachingObjectStore small = CachingObjectStore.inMemory(bucket, new CacheSettings(400, 0));

        now(small.put(KEY, Content.of(101, 1)));
        now(small.get(KEY, range(0, 1)));

        assertThat(bucket.takeGets()).hasSize(1);
    }

    @Test
    void nothingIsRememberedOfAWriteThatCameTooLate() {
        byte[] content = stored(10);

        PutOutcome outcome = now(cache.putIfAbsent(KEY, Content.of(10, 99)));

        assertThat(outcome).isInstanceOf(PutOutcome.Exists.class);
        assertThat(array(cache.get(KEY, range(0, 10)))).isEqualTo(content);
    }

    @Test
    void nothingIsRememberedOfAWriteThatNobodyKnowsOf() {
        bucket.failNext(new UnavailableException("the line was cut"));

        PutOutcome outcome = now(cache.putIfAbsent(KEY, Content.of(10, 1)));

        assertThat(outcome).isInstanceOf(PutOutcome.Unknown.class);
        assertThat(cache.get(KEY, range(0, 10)).cause())
                .isInstanceOf(MissingObjectException.class);
    }

    @Test
    void readAndListAlwaysAskTheBucket() {
        now(cache.put(KEY, Content.of(10, 1)));
        now(bucket.delete(KEY));

        assertThat(now(cache.read(KEY, 10))).isEmpty();
        assertThat(now(cache.list(Listing.of(""))).objects()).isEmpty();
    }

    @Test
    void whatItDidIsCounted() {
        stored(3 * BLOCK);
        now(cache.get(KEY, range(0, 2 * BLOCK)));
        now(cache.get(KEY, range(0, 2 * BLOCK)));
        cache.get(key("missing"), range(0, 1));

        CacheStatistics statistics = cache.statistics();

        assertThat(statistics.memory().hits()).isEqualTo(2);
        assertThat(statistics.memory().misses()).isEqualTo(3);
        assertThat(statistics.memory().bytes()).isBetween(2L * BLOCK, 2L * BLOCK + 1_000);
        assertThat(statistics.bucket())
                .isEqualTo(new CacheStatistics.Bucket(2, 1, 2L * BLOCK));
        assertThat(List.of(statistics.disk().tier().hits(), statistics.disk().tier().bytes()))
                .containsOnly(0L);
    }

    private byte[] stored(int size) {
        byte[] content = Content.bytes(size, size);
        now(bucket.put(KEY, Bytes.wrap(content)));
        return content;
    }

    private void expectLikeBucket(ObjectKey object, ByteRange range) {
        Future<ByteBuffer> expected = bucket.get(object, range);
        expectLike(expected, cache, object, range);
        CachingObjectStore empty = CachingObjectStore.inMemory(bucket, new CacheSettings(0, 0));
        expectLike(expected, empty, object, range);
    }

    private static void expectLike(Future<ByteBuffer> expected, CachingObjectStore cache,
            ObjectKey object, ByteRange range) {
        Future<ByteBuffer> answer = cache.get(object, range);
        if (expected.failed()) {
            assertThat(answer.cause()).as("%s %s", object, range)
                    .isInstanceOf(MissingObjectException.class);
        } else {
            assertThat(Arrays.equals(array(answer), array(expected))).as("%s %s", object, range)
                    .isTrue();
        }
    }
}
