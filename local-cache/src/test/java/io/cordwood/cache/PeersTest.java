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
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeersTest {

    private static final ObjectKey KEY = key("segments/00/one");
    private static final int PORTION = CachingObjectStore.PORTION_BYTES;

    private final TracedStore bucket = new TracedStore();
    private final MemoryObjectStore there = new MemoryObjectStore(
            InstantSource.fixed(Instant.EPOCH));
    private final FakePeer peer = new FakePeer(there);
    private final CachingObjectStore cache = CachingObjectStore.inMemory(bucket,
            new CacheSettings(128L << 20, 0));

    @Test
    void whatAPeerOwnsIsAskedOfItOnceAndRemembered() {
        byte[] content = stored(3 * BLOCK);
        peerOwns(0L);

        byte[] first = array(cache.get(KEY, range(BLOCK + 10, BLOCK)));
        byte[] second = array(cache.get(KEY, range(BLOCK, BLOCK)));

        assertThat(first).isEqualTo(Arrays.copyOfRange(content, BLOCK + 10, 2 * BLOCK + 10));
        assertThat(second).isEqualTo(Arrays.copyOfRange(content, BLOCK, 2 * BLOCK));
        assertThat(peer.takeReads()).containsExactly(range(BLOCK, 2 * BLOCK));
        assertThat(bucket.takeGets()).isEmpty();
    }

    @Test
    void whatIsItsOwnComesFromTheBucket() {
        byte[] content = stored(2 * BLOCK);
        peerOwns(1L);

        assertThat(array(cache.get(KEY, range(0, 2 * BLOCK)))).isEqualTo(content);

        assertThat(bucket.takeGets()).containsExactly(range(0, 2 * BLOCK));
        assertThat(peer.takeReads()).isEmpty();
    }

    @Test
    void aRequestIsSplitWhereTheRestIsOfAnotherOwner() {
        byte[] content = stored(PORTION + 3 * BLOCK);
        peerOwns(1L);

        byte[] read = array(cache.get(KEY, range(5 * BLOCK, PORTION - 3 * BLOCK)));

        assertThat(read).isEqualTo(Arrays.copyOfRange(content, 5 * BLOCK, PORTION + 2 * BLOCK));
        assertThat(bucket.takeGets()).containsExactly(range(5 * BLOCK, 3 * BLOCK));
        assertThat(peer.takeReads()).containsExactly(range(PORTION, 2 * BLOCK));
    }

    @Test
    void aRequestIsNotSplitWhereTheRestIsOfTheSameOwner() {
        byte[] content = stored(PORTION + 3 * BLOCK);
        peerOwns(0L, 1L);

        byte[] read = array(cache.get(KEY, range(5 * BLOCK, PORTION - 3 * BLOCK)));

        assertThat(read).isEqualTo(Arrays.copyOfRange(content, 5 * BLOCK, PORTION + 2 * BLOCK));
        assertThat(peer.takeReads()).containsExactly(range(5 * BLOCK, 5 * BLOCK));
        assertThat(bucket.takeGets()).isEmpty();
    }

    @Test
    void whatAPeerDoesNotAnswerComesFromTheBucket() {
        byte[] content = stored(2 * BLOCK);
        peerOwns(0L);
        List<Future<Bytes>> bad = List.of(Future.failedFuture(new UnavailableException("gone")),
                Future.failedFuture(new IllegalStateException("a peer of another version")),
                Future.succeededFuture(Bytes.of()),
                Future.succeededFuture(Bytes.wrap(new byte[2 * BLOCK + 1])));

        for (int i = 0; i < bad.size(); i++) {
            Future<Bytes> answer = bad.get(i);
            peer.answer(good -> answer);
            ObjectKey copy = key("segments/00/" + i);
            now(bucket.put(copy, Bytes.wrap(content)));
            now(there.put(copy, Bytes.wrap(content)));

            assertThat(array(cache.get(copy, range(0, 2 * BLOCK)))).isEqualTo(content);
            assertThat(bucket.takeGets()).containsExactly(range(0, 2 * BLOCK));
        }
        assertThat(cache.statistics().asked()).isEqualTo(new CacheStatistics.Asked(0, 0, 4));
    }

    @Test
    void aPeerThatThrowsIsOneThatFails() {
        byte[] content = stored(BLOCK);
        cache.share((object, portion) -> Optional.of((its, range) -> {
            throw new IllegalStateException("it cannot be asked");
        }));

        assertThat(array(cache.get(KEY, range(0, BLOCK)))).isEqualTo(content);
    }

    @Test
    void whatAPeerSaysToBeMissingIsMissingOnlyIfTheBucketSaysSo() {
        byte[] content = Content.bytes(BLOCK, 1);
        now(bucket.put(KEY, Bytes.wrap(content)));
        peerOwns(0L);

        assertThat(array(cache.get(KEY, range(0, BLOCK)))).isEqualTo(content);
        Future<ByteBuffer> missing = cache.get(key("segments/00/missing"), range(0, BLOCK));

        assertThat(peer.takeReads()).hasSize(2);
        assertThat(bucket.takeGets()).hasSize(2);
        assertThat(missing.cause()).isInstanceOf(MissingObjectException.class);
    }

    @Test
    void whatFailsInTheBucketTooFailsAsItDoesThere() {
        stored(BLOCK);
        peerOwns(0L);
        peer.answer(good -> Future.failedFuture(new MissingObjectException("not there")));
        bucket.failNext(new UnavailableException("the bucket is down"));

        Future<ByteBuffer> read = cache.get(KEY, range(0, BLOCK));

        assertThat(read.cause()).isInstanceOf(UnavailableException.class)
                .hasMessage("the bucket is down");
        peer.answer(good -> good);
        assertThat(now(cache.get(KEY, range(0, BLOCK))).remaining()).isEqualTo(BLOCK);
    }

    @Test
    void theEndOfAnObjectIsFoundWithAPeer() {
        byte[] content = stored(2 * BLOCK + 7);
        peerOwns(0L);

        assertThat(array(cache.get(KEY, range(BLOCK, 5 * BLOCK))))
                .isEqualTo(Arrays.copyOfRange(content, BLOCK, content.length));
        assertThat(cache.get(KEY, range(2 * BLOCK + 7, 1)).cause())
                .isInstanceOf(MissingObjectException.class);
        assertThat(bucket.takeGets()).isEmpty();
    }

    @Test
    void whatAPeerAsksForIsNeverAskedOfAnother() {
        byte[] content = stored(PORTION + BLOCK);
        peerOwns(0L, 1L);

        Bytes answer = now(cache.getForPeer(KEY, range(10, BLOCK)));
        now(cache.getForPeer(KEY, range(PORTION, 10)));

        assertThat(answer.copy().array()).isEqualTo(Arrays.copyOfRange(content, 10, BLOCK + 10));
        assertThat(peer.takeReads()).isEmpty();
        assertThat(bucket.takeGets()).containsExactly(range(0, 2 * BLOCK), range(PORTION, BLOCK));
        assertThat(array(cache.get(KEY, range(0, BLOCK)))).startsWith(content[0], content[1]);
        assertThat(peer.takeReads()).isEmpty();
    }

    @Test
    void whatAPeerIsGivenCannotBeWrittenTo() {
        stored(BLOCK);

        Bytes answer = now(cache.getForPeer(KEY, range(0, 10)));

        assertThat(answer.slices()).isNotEmpty().allMatch(ByteBuffer::isReadOnly);
    }

    @Test
    void aPeerIsAnsweredWhileEverythingElseWaitsForPeers() {
        now(bucket.put(key("segments/00/own"), Content.of(10, 1)));
        cache.share((object, portion) -> object.value().endsWith("own")
                ? Optional.empty()
                : Optional.of(peer));
        peer.hold();
        for (int i = 0; i < 200; i++) {
            cache.get(key("segments/00/" + i), range(0, 10));
        }
        stored(10);

        assertThat(cache.getForPeer(KEY, range(0, 10)).succeeded()).isTrue();
        assertThat(cache.get(key("segments/00/own"), range(0, 10)).succeeded()).isTrue();
    }

    @Test
    void noMoreIsOnItsWayFromPeersThanAQuarterOfWhatTheMemoryHolds() {
        peerOwns(0L);
        List<Future<ByteBuffer>> reads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            now(there.put(key("segments/00/" + i), Content.of(100, i)));
        }
        peer.hold();

        for (int i = 0; i < 100; i++) {
            reads.add(cache.get(key("segments/00/" + i), range(0, 10)));
        }

        assertThat(peer.takeReads().stream().mapToLong(ByteRange::length).sum())
                .isBetween((32L << 20) - BLOCK, 32L << 20);
        peer.release();
        assertThat(reads).allMatch(Future::succeeded);
    }

    @Test
    void aBlockIsAskedOfAPeerOnceForAllWhoWait() {
        stored(BLOCK);
        peerOwns(0L);
        peer.hold();

        Future<ByteBuffer> first = cache.get(KEY, range(0, 10));
        Future<ByteBuffer> second = cache.get(KEY, range(5, 10));
        peer.release();

        assertThat(first.succeeded() && second.succeeded()).isTrue();
        assertThat(peer.takeReads()).hasSize(1);
    }

    @Test
    void whatWasSharedIsCounted() {
        stored(2 * BLOCK);
        peerOwns(0L);
        now(cache.get(KEY, range(0, 2 * BLOCK)));
        now(cache.getForPeer(KEY, range(5, 100)));
        cache.getForPeer(key("segments/00/missing"), range(5, 100));

        CacheStatistics statistics = cache.statistics();

        assertThat(statistics.asked()).isEqualTo(new CacheStatistics.Asked(1, 2L * BLOCK, 0));
        assertThat(statistics.served()).isEqualTo(new CacheStatistics.Served(1, 100));
    }

    private void peerOwns(Long... portions) {
        Set<Long> its = Set.of(portions);
        cache.share((object, portion) -> its.contains(portion)
                ? Optional.of(peer)
                : Optional.empty());
    }

    /** An object that is in the bucket and known to the peer. */
    private byte[] stored(int size) {
        byte[] content = Content.bytes(size, size);
        now(bucket.put(KEY, Bytes.wrap(content)));
        now(there.put(KEY, Bytes.wrap(content)));
        return content;
    }
}
