package io.cordwood.cache;

import static io.cordwood.cache.Content.BLOCK;
import static io.cordwood.cache.Content.array;
import static io.cordwood.cache.Content.key;
import static io.cordwood.cache.Content.now;
import static io.cordwood.cache.Content.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.HeldWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgettingTest {

    private static final ObjectKey KEY = key("segments/00/one");
    private static final int SIZE = BLOCK + 10;

    @TempDir
    private Path directory;
    private final TracedStore bucket = new TracedStore();
    private final HeldWorkers workers = new HeldWorkers();
    private final byte[] first = Content.bytes(SIZE, 1);
    private final byte[] second = Content.bytes(SIZE, 2);
    private CachingObjectStore cache = CachingObjectStore.inMemory(bucket, new CacheSettings(0, 0));

    @BeforeEach
    void open() {
        Future<CachingObjectStore> opened = CachingObjectStore.open(bucket,
                new CacheSettings(16L << 20, CacheSettings.DISK_BYTES_MIN), directory, workers,
                new ManualEventLoop()::now);
        workers.work();
        cache = now(opened);
        now(bucket.put(KEY, Bytes.wrap(first)));
    }

    @Test
    void aDeletedObjectIsForgottenInBothTiers() {
        now(cache.get(KEY, range(0, SIZE)));
        workers.work();

        Future<Void> deleted = cache.delete(KEY);

        assertThat(deleted.isComplete()).as("before the files are gone").isFalse();
        workers.work();
        assertThat(deleted.succeeded()).isTrue();
        assertThat(directory).isEmptyDirectory();
        assertThat(ask().cause()).isInstanceOf(MissingObjectException.class);
    }

    @Test
    void aDeleteThatMayHaveHappenedForgetsToo() {
        now(cache.get(KEY, range(0, SIZE)));
        now(bucket.delete(KEY));
        bucket.failNext(new UnavailableException("no answer"));

        Future<Void> deleted = cache.delete(KEY);

        assertThat(deleted.cause()).isInstanceOf(UnavailableException.class);
        assertThat(ask().cause()).isInstanceOf(MissingObjectException.class);
    }

    @Test
    void anObjectThatWasReplacedIsReadAsItIsNow() {
        now(cache.get(KEY, range(0, SIZE)));
        workers.work();

        replace();

        assertThat(array(ask())).isEqualTo(second);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aWriteThatMayHaveHappenedForgetsToo() {
        now(cache.get(KEY, range(0, SIZE)));
        now(bucket.put(KEY, Bytes.wrap(second)));
        bucket.failNext(new UnavailableException("no answer"));

        Future<Void> put = cache.put(KEY, Bytes.wrap(second));

        assertThat(put.cause()).isInstanceOf(UnavailableException.class);
        assertThat(array(ask())).isEqualTo(second);
    }

    @Test
    void aLoadThatEndsAfterADeleteBringsNothingBack() {
        bucket.hold();
        Future<ByteBuffer> early = cache.get(KEY, range(0, SIZE));
        deleteNow();

        bucket.release();
        workers.work();

        assertThat(array(early)).isEqualTo(first);
        assertThat(ask().cause()).isInstanceOf(MissingObjectException.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aLoadThatEndsAfterAnOverwriteBringsNothingBack() {
        bucket.hold();
        Future<ByteBuffer> early = cache.get(KEY, range(0, SIZE));
        overwriteNow();

        bucket.release();
        workers.work();

        assertThat(array(early)).isEqualTo(first);
        assertThat(array(ask())).isEqualTo(second);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aBlockThatWaitsToBeWrittenWhenItsObjectIsDeletedIsNotWritten() {
        now(cache.get(KEY, range(0, SIZE)));

        now(cache.delete(KEY));
        workers.work();

        assertThat(directory).isEmptyDirectory();
        assertThat(ask().cause()).isInstanceOf(MissingObjectException.class);
    }

    @Test
    void ofTwoWritesAtOnceNeitherIsRemembered() {
        bucket.hold();
        Future<Void> one = cache.put(KEY, Bytes.wrap(first));
        Future<Void> other = cache.put(KEY, Bytes.wrap(second));
        bucket.release();
        assertThat(one.succeeded() && other.succeeded()).isTrue();

        assertThat(array(ask())).isEqualTo(second);
        assertThat(bucket.takeGets()).isNotEmpty();
    }

    @Test
    void aWriteDuringWhichTheObjectIsDeletedIsNotRemembered() {
        bucket.hold();
        Future<Void> put = cache.put(KEY, Bytes.wrap(second));
        deleteNow();

        bucket.release();

        assertThat(put.succeeded()).isTrue();
        assertThat(ask().cause()).isInstanceOf(MissingObjectException.class);
    }

    @Test
    void objectsThatWereNotChangedAreKept() {
        now(bucket.put(key("other"), Bytes.wrap(second)));
        now(cache.get(key("other"), range(0, SIZE)));
        now(cache.get(KEY, range(0, SIZE)));
        bucket.takeGets();

        now(cache.delete(KEY));

        assertThat(array(cache.get(key("other"), range(0, SIZE)))).isEqualTo(second);
        assertThat(bucket.takeGets()).isEmpty();
    }

    @Test
    void aReadFarBeyondAllObjectsDoesNotMakeForgettingLong() {
        assertThat(cache.get(KEY, range(Long.MAX_VALUE - 10, 10)).cause())
                .isInstanceOf(MissingObjectException.class);
        now(cache.get(KEY, range(0, SIZE)));

        deleteNow();

        assertThat(ask().cause()).isInstanceOf(MissingObjectException.class);
    }

    private Future<ByteBuffer> ask() {
        Future<ByteBuffer> answer = cache.get(KEY, range(0, SIZE));
        workers.work();
        return answer;
    }

    private void replace() {
        Future<Void> put = cache.put(KEY, Bytes.wrap(second));
        workers.work();
        now(put);
    }

    /** Deletes while answers that were asked for before are held back. */
    private void deleteNow() {
        bucket.holdOnlyWhatIsHeld();
        now(cache.delete(KEY));
    }

    private void overwriteNow() {
        bucket.holdOnlyWhatIsHeld();
        now(cache.put(KEY, Bytes.wrap(second)));
    }
}
