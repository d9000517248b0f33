package io.cordwood.store.object;

import static io.cordwood.store.object.StoreUnderTest.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.MissingObjectException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What is read is what was asked for, cut at the end of the object, and belongs to the reader. */
public interface ReadContract extends StoreUnderTest {

    @Test
    default void whatIsAbsentReadsEmpty() {
        given("segments/other", "there");

        assertThat(settled(store().read(new ObjectKey("segments/none"), 100))).isEmpty();
    }

    @Test
    default void anObjectIsReadUpToItsLargestSizeAndNotBeyond() {
        ObjectKey key = given("segments/1", "0123456789");

        assertThat(settled(store().read(key, 10)).map(StoreUnderTest::text)).contains("0123456789");
        assertThatThrownBy(() -> settled(store().read(key, 9))).isInstanceOf(CorruptException.class)
                .hasMessageContaining("segments/1");
    }

    @Test
    default void aRangeIsReadFromAnywhereInTheObject() {
        ObjectKey key = given("segments/1", "0123456789");

        assertThat(text(settled(store().get(key, new ByteRange(0, 3))))).isEqualTo("012");
        assertThat(text(settled(store().get(key, new ByteRange(4, 2))))).isEqualTo("45");
        assertThat(text(settled(store().get(key, new ByteRange(9, 1))))).isEqualTo("9");
        assertThat(text(settled(store().get(key, new ByteRange(0, 10))))).isEqualTo("0123456789");
    }

    @Test
    default void aRangePastTheEndIsCutThere() {
        ObjectKey key = given("segments/1", "0123456789");

        assertThat(text(settled(store().get(key, new ByteRange(7, 100))))).isEqualTo("789");
        assertThat(text(settled(store().get(key, new ByteRange(0, Integer.MAX_VALUE)))))
                .isEqualTo("0123456789");
    }

    @Test
    default void aRangeThatBeginsAtTheEndIsMissing() {
        ObjectKey key = given("segments/1", "0123456789");

        assertThatThrownBy(() -> settled(store().get(key, new ByteRange(10, 1))))
                .isInstanceOf(MissingObjectException.class);
        assertThatThrownBy(() -> settled(store().get(key, new ByteRange(1L << 40, 1))))
                .isInstanceOf(MissingObjectException.class);
    }

    @Test
    default void anEmptyObjectHasNoRange() {
        ObjectKey key = given("segments/empty", "");

        assertThatThrownBy(() -> settled(store().get(key, new ByteRange(0, 1))))
                .isInstanceOf(MissingObjectException.class);
    }

    @Test
    default void aRangeOfNoObjectIsMissingUntilItIsWritten() {
        ObjectKey key = new ObjectKey("segments/late");
        assertThatThrownBy(() -> settled(store().get(key, new ByteRange(0, 4))))
                .isInstanceOf(MissingObjectException.class).hasMessageContaining("segments/late");

        given("segments/late", "here");

        assertThat(text(settled(store().get(key, new ByteRange(0, 4))))).isEqualTo("here");
    }

    @Test
    default void aBufferThatWasReadBelongsToTheReader() {
        ObjectKey key = given("segments/1", "0123456789");

        ByteBuffer whole = settled(store().read(key, 100)).orElseThrow();
        ByteBuffer part = settled(store().get(key, new ByteRange(2, 3)));
        whole.put(2, (byte) 'X');
        part.put(0, (byte) 'Y');

        assertThat(stored(key)).isEqualTo("0123456789");
        assertThat(text(settled(store().get(key, new ByteRange(2, 3))))).isEqualTo("234");
    }
}
