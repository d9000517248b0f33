package io.cordwood.store.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The store that a contract is tested on, and the few acts that all its tests share. */
public interface StoreUnderTest {

    /** The store: empty when a test begins, and the same for all of the test. */
    ObjectStore store();

    /** Waits until a future of the store completes, for as long as any store may take. */
    default <T> T settled(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("not complete after a minute", late);
        }
    }

    /** Writes an object that holds the text. */
    default ObjectKey given(String key, String text) {
        ObjectKey written = new ObjectKey(key);
        settled(store().put(written, bytes(text)));
        return written;
    }

    /** The text that an object holds now. */
    default String stored(ObjectKey key) {
        return settled(store().read(key, Integer.MAX_VALUE)).map(StoreUnderTest::text)
                .orElse("(absent)");
    }

    /** All keys with the prefix, page by page, each of which must bring the listing forward. */
    default List<String> keys(String prefix, int keysMax) {
        List<String> keys = new ArrayList<>();
        boolean last = false;
        while (!last) {
            String after = keys.isEmpty() ? "" : keys.getLast();
            ObjectPage page = settled(store().list(new Listing(prefix, after, keysMax)));
            for (ObjectPage.Entry entry : page.objects()) {
                assertThat(entry.key().value()).isGreaterThan(after);
                keys.add(entry.key().value());
            }
            last = page.last();
            assertThat(last || !page.objects().isEmpty())
                    .as("a page that is not the last is not empty")
                    .isTrue();
        }
        return keys;
    }

    /** The text as bytes. */
    static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The remaining bytes as text. */
    static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
