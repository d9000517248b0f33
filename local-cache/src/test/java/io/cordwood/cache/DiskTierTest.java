package io.cordwood.cache;

import static io.cordwood.cache.Content.BLOCK;
import static io.cordwood.cache.Content.array;
import static io.cordwood.cache.Content.key;
import static io.cordwood.cache.Content.now;
import static io.cordwood.cache.Content.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTierTest {

    private static final ObjectKey KEY = key("segments/00/one");
    private static final long DISK_BYTES_MAX = CacheSettings.DISK_BYTES_MIN;

    @TempDir
    private Path directory;
    private final ManualEventLoop loop = new ManualEventLoop();
    private final TracedStore bucket = new TracedStore();

    @Test
    void whatIsNoLongerInMemoryIsReadFromDisk() {
        byte[] content = stored(KEY, BLOCK + 10);
        CachingObjectStore cache = open(DISK_BYTES_MAX);
        now(cache.get(KEY, range(0, BLOCK + 10)));
        bucket.takeGets();

        byte[] again = array(cache.get(KEY, range(0, BLOCK + 10)));

        assertThat(again).isEqualTo(content);
        assertThat(bucket.takeGets()).isEmpty();
        assertThat(cache.statistics().disk().tier().hits()).isEqualTo(2);
        assertThat(cache.statistics().disk().tier().misses()).isEqualTo(2);
    }

    @Test
    void blocksSurviveARestart() {
        byte[] content = stored(KEY, 2 * BLOCK + 10);
        now(open(DISK_BYTES_MAX).get(KEY, range(0, 2 * BLOCK + 10)));
        bucket.takeGets();

        CachingObjectStore next = open(DISK_BYTES_MAX);

        assertThat(array(next.get(KEY, range(0, 2 * BLOCK + 10)))).isEqualTo(content);
        assertThat(bucket.takeGets()).isEmpty();
        assertThat(next.statistics().disk().tier().bytes()).isEqualTo(takenBytes());
    }

    @Test
    void blocksOfAnEarlierProcessAreForgottenLikeAnyOther() {
        stored(KEY, 2 * BLOCK + 10);
        now(open(DISK_BYTES_MAX).get(KEY, range(0, 2 * BLOCK + 10)));

        now(open(DISK_BYTES_MAX).delete(KEY));

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatIsFetchedInOneRequestIsFoundBlockByBlock() {
        stored(KEY, 4 * BLOCK);
        CachingObjectStore cache = open(DISK_BYTES_MAX);
        now(cache.get(KEY, range(BLOCK, 1)));
        bucket.takeGets();

        now(cache.get(KEY, range(0, 4 * BLOCK)));

        assertThat(bucket.takeGets()).containsExactly(range(0, BLOCK),
                range(2L * BLOCK, 2 * BLOCK));
    }

    @Test
    void theBoundHoldsForAllFiles() {
        stored(KEY, 40 * BLOCK);
        CachingObjectStore cache = open(DISK_BYTES_MAX);

        for (int block = 0; block < 40; block++) {
            now(cache.get(KEY, range((long) block * BLOCK, BLOCK)));
            assertThat(takenBytes()).isLessThanOrEqualTo(DISK_BYTES_MAX);
        }

        assertThat(takenBytes()).isEqualTo(cache.statistics().disk().tier().bytes());
        assertThat(takenBytes()).isGreaterThan(DISK_BYTES_MAX / 2);
        assertThat(cache.statistics().disk().tier().evictions())
                .isEqualTo(40 - takenBytes() / (1 << 20));
    }

    @Test
    void aSmallerBoundKeepsWhatWasUsedLast() {
        stored(KEY, 30 * BLOCK);
        CachingObjectStore large = open(2 * DISK_BYTES_MAX);
        for (int block = 0; block < 25; block++) {
            loop.advance(Duration.ofSeconds(1));
            now(large.get(KEY, range((long) block * BLOCK, 1)));
        }
        loop.advance(Duration.ofSeconds(1));
        now(large.get(KEY, range(0, 1)));
        bucket.takeGets();

        CachingObjectStore small = open(DISK_BYTES_MAX);

        assertThat(takenBytes()).isEqualTo(14L << 20);
        for (int block : new int[]{0, 12, 24}) {
            now(small.get(KEY, range((long) block * BLOCK, 1)));
        }
        assertThat(bucket.takeGets()).isEmpty();
    }

    @Test
    void halfWrittenFilesOfACrashAreDeletedAndForeignOnesLeftAlone() throws IOException {
        stored(KEY, 10);
        now(open(DISK_BYTES_MAX).get(KEY, range(0, 1)));
        Path block = files().getFirst();
        Files.write(directory.resolve(block.getFileName() + ".partial"), new byte[5]);
        Files.write(directory.resolve("notes.txt"), new byte[5]);

        open(DISK_BYTES_MAX);

        assertThat(files()).containsExactlyInAnyOrder(block, directory.resolve("notes.txt"));
    }

    @Test
    void blocksReadAgainAndAgainSurviveAScan() {
        ObjectKey hot = key("hot");
        stored(hot, 4 * BLOCK);
        stored(KEY, 60 * BLOCK);
        CachingObjectStore cache = open(DISK_BYTES_MAX);
        for (int round = 0; round < 4; round++) {
            now(cache.get(hot, range(0, 4 * BLOCK)));
        }

        for (int block = 0; block < 60; block++) {
            now(cache.get(KEY, range((long) block * BLOCK, 1)));
            bucket.takeGets();
            now(cache.get(hot, range((block % 4L) * BLOCK, 1)));
            assertThat(bucket.takeGets()).as("after %s blocks", block).isEmpty();
        }
    }

    @Test
    void withoutBytesThereIsNoDirectory() {
        stored(KEY, 10);
        Path none = directory.resolve("none");

        CachingObjectStore cache = now(CachingObjectStore.open(bucket, new CacheSettings(0, 0),
                none, new DirectWorkers(), loop::now));
        now(cache.get(KEY, range(0, 1)));

        assertThat(none).doesNotExist();
        assertThat(cache.statistics().disk().unwrittenBlocks()).isZero();
    }

    private CachingObjectStore open(long diskBytesMax) {
        return now(CachingObjectStore.open(bucket, new CacheSettings(0, diskBytesMax), directory,
                new DirectWorkers(), loop::now));
    }

    private byte[] stored(ObjectKey object, int size) {
        byte[] content = Content.bytes(size, size);
        now(bucket.put(object, Bytes.wrap(content)));
        return content;
    }

    private List<Path> files() {
        return Content.files(directory);
    }

    private long takenBytes() {
        return files().stream().mapToLong(file -> Math.ceilDiv(file.toFile().length(), 4096) * 4096)
                .sum();
    }
}
