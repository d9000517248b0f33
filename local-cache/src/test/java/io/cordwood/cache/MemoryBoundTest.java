package io.cordwood.cache;

import static io.cordwood.cache.Content.key;
import static io.cordwood.cache.Content.now;
import static io.cordwood.cache.Content.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBoundTest {

    private static final int OBJECT_BYTES = 16 << 10;
    private static final long MEMORY_BYTES_MAX = 1 << 20;
    /** More than fit: the cache holds 62 objects with what they take beside their bytes. */
    private static final int SCANNED = 640;
    private static final int HOT = 24;

    private final TracedStore bucket = new TracedStore();
    private final CachingObjectStore cache = CachingObjectStore.inMemory(bucket,
            new CacheSettings(MEMORY_BYTES_MAX, 0));

    @Test
    void theBoundHoldsWhateverIsReadAndWritten() {
        for (int number = 0; number < SCANNED; number++) {
            now(bucket.put(key("read-" + number), Content.of(OBJECT_BYTES, number)));
            read(key("read-" + number));
            now(cache.put(key("written-" + number), Content.of(number, number)));

            assertThat(cache.statistics().memory().bytes()).isLessThanOrEqualTo(MEMORY_BYTES_MAX);
        }

        assertThat(cache.statistics().memory().bytes()).isGreaterThan(MEMORY_BYTES_MAX / 2);
        assertThat(cache.statistics().memory().evictions()).isGreaterThan(SCANNED);
    }

    @Test
    void whatIsReadAgainAndAgainSurvivesAScan() {
        List<ObjectKey> hot = stored("hot", HOT);
        List<ObjectKey> scanned = stored("scanned", SCANNED);
        for (int round = 0; round < 4; round++) {
            hot.forEach(this::read);
        }
        bucket.takeGets();

        int hotReads = 0;
        List<ByteRange> fetchedForHot = new ArrayList<>();
        for (ObjectKey object : scanned) {
            read(object);
            bucket.takeGets();
            read(hot.get(hotReads++ % HOT));
            fetchedForHot.addAll(bucket.takeGets());
        }

        assertThat(fetchedForHot).isEmpty();
    }

    /** As a replay does it, with the next blocks asked for ahead. */
    @Test
    void whatCameLastStaysUntilItIsReadThoughTheMemoryIsFullOfWhatIsUsed() {
        List<ObjectKey> used = stored("used", SCANNED);
        for (int round = 0; round < 4; round++) {
            used.forEach(this::read);
        }
        List<ObjectKey> ahead = stored("ahead", 4);
        ahead.forEach(this::read);
        now(cache.put(key("written"), Content.of(OBJECT_BYTES, 1)));
        bucket.takeGets();

        ahead.forEach(this::read);
        read(key("written"));

        assertThat(bucket.takeGets()).isEmpty();
    }

    @Test
    void nothingIsRememberedInNoMemory() {
        CachingObjectStore none = CachingObjectStore.inMemory(bucket, new CacheSettings(0, 0));
        now(none.put(key("one"), Content.of(1, 1)));

        now(none.get(key("one"), range(0, 1)));
        now(none.get(key("one"), range(0, 1)));

        assertThat(bucket.takeGets()).hasSize(2);
        assertThat(none.statistics().memory().bytes()).isZero();
    }

    private List<ObjectKey> stored(String name, int count) {
        List<ObjectKey> keys = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            keys.add(key(name + "-" + number));
            now(bucket.put(keys.getLast(), Content.of(OBJECT_BYTES, number)));
        }
        return keys;
    }

    private void read(ObjectKey object) {
        now(cache.get(object, range(0, OBJECT_BYTES)));
    }
}
