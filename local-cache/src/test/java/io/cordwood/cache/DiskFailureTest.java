package io.cordwood.cache;

import static io.cordwood.cache.Content.BLOCK;
import static io.cordwood.cache.Content.array;
import static io.cordwood.cache.Content.key;
import static io.cordwood.cache.Content.now;
import static io.cordwood.cache.Content.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.HeldWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.Workers;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFailureTest {

    private static final ObjectKey KEY = key("segments/00/one");
    private static final int SIZE = 100;

    @TempDir
    private Path parent;
    private Path directory = Path.of("");
    private final TracedStore bucket = new TracedStore();
    private final byte[] content = Content.bytes(SIZE, 1);

    @BeforeEach
    void store() {
        directory = parent.resolve("cache");
        now(bucket.put(KEY, Bytes.wrap(content)));
    }

    @Test
    void aBlockWithAnyBitFlippedIsDroppedAndFetchedAgain() throws IOException {
        CachingObjectStore cache = open(new DirectWorkers());
        now(cache.get(KEY, range(0, SIZE)));
        long bits = Files.size(files().getFirst()) * 8;

        for (int bit = 0; bit < bits; bit += 5) {
            int flipped = bit;
            damage(file -> {
                file[flipped / 8] ^= (byte) (1 << (flipped % 8));
                return file;
            });
            expectDroppedAndFetchedAgain(cache);
        }
    }

    @Test
    void aBlockThatWasCutIsDroppedAndFetchedAgain() throws IOException {
        CachingObjectStore cache = open(new DirectWorkers());
        now(cache.get(KEY, range(0, SIZE)));
        int bytes = (int) Files.size(files().getFirst());

        for (int length = 0; length < bytes; length++) {
            int left = length;
            damage(file -> Arrays.copyOf(file, left));
            expectDroppedAndFetchedAgain(cache);
        }
    }

    @Test
    void aBlockThatGrewIsDroppedAndFetchedAgain() throws IOException {
        CachingObjectStore cache = open(new DirectWorkers());
        now(cache.get(KEY, range(0, SIZE)));

        damage(file -> Arrays.copyOf(file, file.length + 1));
        expectDroppedAndFetchedAgain(cache);
        damage(file -> Arrays.copyOf(file, 2 << 20));
        expectDroppedAndFetchedAgain(cache);
    }

    @Test
    void aBlockUnderTheNameOfAnotherIsDroppedAndFetchedAgain() throws IOException {
        CachingObjectStore cache = open(new DirectWorkers());
        now(bucket.put(key("other"), Content.of(SIZE, 2)));
        now(cache.get(key("other"), range(0, 1)));
        byte[] other = Files.readAllBytes(files().getFirst());
        now(cache.delete(key("other")));
        now(cache.get(KEY, range(0, SIZE)));

        damage(file -> other);

        expectDroppedAndFetchedAgain(cache);
    }

    @Test
    void aBlockThatWasDamagedWhileNobodyRanIsDroppedAndFetchedAgain() throws IOException {
        now(open(new DirectWorkers()).get(KEY, range(0, SIZE)));
        damage(file -> Arrays.copyOf(file, file.length - 1));

        expectDroppedAndFetchedAgain(open(new DirectWorkers()));
    }

    @Test
    void aFileThatSomebodyDeletedIsFetchedAgain() throws IOException {
        CachingObjectStore cache = open(new DirectWorkers());
        now(cache.get(KEY, range(0, SIZE)));
        Files.delete(files().getFirst());

        assertThat(array(cache.get(KEY, range(0, SIZE)))).isEqualTo(content);
        assertThat(cache.statistics().disk().corruptBlocks()).isZero();
        assertThat(files()).hasSize(1);
    }

    @Test
    void aDirectoryThatCannotBeUsedFailsNoRead() throws IOException {
        Files.write(directory, new byte[1]);

        CachingObjectStore cache = open(new DirectWorkers());

        assertThat(array(cache.get(KEY, range(0, SIZE)))).isEqualTo(content);
        assertThat(array(cache.get(KEY, range(0, SIZE)))).isEqualTo(content);
        assertThat(cache.statistics().disk().unwrittenBlocks()).isEqualTo(2);
    }

    @Test
    void aDiskThatRefusedAWriteIsTriedAgainLater() throws IOException {
        CachingObjectStore cache = open(new DirectWorkers());
        Files.delete(directory);
        now(cache.get(KEY, range(0, SIZE)));
        Files.createDirectory(directory);

        for (int skipped = 0; skipped < 256; skipped++) {
            now(cache.get(KEY, range(0, SIZE)));
        }
        assertThat(files()).isEmpty();
        assertThat(cache.statistics().disk().unwrittenBlocks()).isEqualTo(257);
        now(cache.get(KEY, range(0, SIZE)));

        assertThat(files()).hasSize(1);
    }

    @Test
    void workersThatRefuseFailNothing() {
        BrokenWorkers workers = new BrokenWorkers();
        CachingObjectStore cache = open(workers);
        now(cache.get(KEY, range(0, SIZE)));

        workers.broken = true;

        assertThat(array(cache.get(KEY, range(0, SIZE)))).isEqualTo(content);
        now(cache.put(KEY, Bytes.wrap(content)));
        now(cache.delete(KEY));
        assertThat(now(open(workers).read(KEY, SIZE))).isEmpty();
    }

    @Test
    void whenTheDiskIsBehindBlocksAreNotWritten() {
        HeldWorkers workers = new HeldWorkers();
        now(bucket.put(key("large"), Content.of(4 * BLOCK, 1)));
        Future<CachingObjectStore> opened = opening(workers);
        workers.work();
        CachingObjectStore cache = now(opened);

        now(cache.get(key("large"), range(0, 4 * BLOCK)));
        assertThat(cache.statistics().disk().unwrittenBlocks()).isEqualTo(2);
        workers.work();

        assertThat(files()).hasSize(2);
        now(cache.get(KEY, range(0, 1)));
        workers.work();
        assertThat(files()).as("once it has caught up").hasSize(3);
    }

    private void expectDroppedAndFetchedAgain(CachingObjectStore cache) {
        long corrupt = cache.statistics().disk().corruptBlocks();
        Path damaged = files().getFirst();
        bucket.takeGets();

        byte[] read = array(cache.get(KEY, range(0, SIZE)));

        assertThat(read).isEqualTo(content);
        assertThat(bucket.takeGets()).hasSize(1);
        assertThat(cache.statistics().disk().corruptBlocks()).isEqualTo(corrupt + 1);
        assertThat(files()).hasSize(1).doesNotContain(damaged);
        assertThat(array(cache.get(KEY, range(0, SIZE)))).isEqualTo(content);
        assertThat(bucket.takeGets()).isEmpty();
    }

    private void damage(UnaryOperator<byte[]> change) throws IOException {
        Path file = files().getFirst();
        Files.write(file, change.apply(Files.readAllBytes(file)));
    }

    private CachingObjectStore open(Workers workers) {
        return now(opening(workers));
    }

    private Future<CachingObjectStore> opening(Workers workers) {
        return CachingObjectStore.open(bucket, new CacheSettings(0, CacheSettings.DISK_BYTES_MIN),
                directory, workers, new ManualEventLoop()::now);
    }

    private List<Path> files() {
        return Content.files(directory);
    }

    /** Workers of a pool that was closed. */
    private static final class BrokenWorkers implements Workers {

        private final Workers direct = new DirectWorkers();
        private boolean broken;

        @Override
        public <T> Future<T> call(Callable<T> work) {
            return broken
                    ? Future.failedFuture(new UnavailableException("closed"))
                    : direct.call(work);
        }
    }
}
