package io.cordwood.store.object.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectKey;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

class BodyLengthTest {

    private static final ObjectKey KEY = new ObjectKey("segments/1");

    private final BodyLength part = BodyLength.part(KEY, new ByteRange(10, 20));
    private final BodyLength start = BodyLength.part(KEY, new ByteRange(0, 20));
    private final BodyLength whole = BodyLength.whole(KEY, 20);

    @Test
    void aPartIsAsLongAsItIsAnnounced() {
        assertThat(part.of(answer(20).contentRange("bytes 10-29/100").build())).isEqualTo(20);
        assertThat(part.of(answer(5).contentRange("bytes 10-14/15").build())).isEqualTo(5);
    }

    @Test
    void anotherPartThanWasAskedForIsRefused() {
        assertThatThrownBy(() -> part.of(answer(20).contentRange("bytes 0-19/100").build()))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> part.of(answer(21).contentRange("bytes 10-30/100").build()))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void aStoreThatIgnoresRangesIsUsedWhereItDoesNotMatter() {
        assertThat(start.of(answer(20).build())).isEqualTo(20);
        assertThatThrownBy(() -> start.of(answer(21).build()))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> part.of(answer(30).build()))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> part.of(answer(10).build()))
                .isInstanceOf(MissingObjectException.class);
        assertThatThrownBy(() -> start.of(answer(0).build()))
                .isInstanceOf(MissingObjectException.class);
    }

    @Test
    void aWholeObjectIsNoLargerThanItMayBe() {
        assertThat(whole.of(answer(20).build())).isEqualTo(20);
        assertThatThrownBy(() -> whole.of(answer(21).build())).isInstanceOf(CorruptException.class);
        assertThatThrownBy(() -> whole.of(answer(1L << 40).build()))
                .isInstanceOf(CorruptException.class);
    }

    @Test
    void anAnswerWithoutALengthIsRefused() {
        assertThatThrownBy(() -> whole.of(GetObjectResponse.builder().build()))
                .isInstanceOf(UnavailableException.class);
    }

    private static GetObjectResponse.Builder answer(long length) {
        return GetObjectResponse.builder().contentLength(length);
    }
}
