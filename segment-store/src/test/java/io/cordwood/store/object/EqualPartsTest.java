package io.cordwood.store.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EqualPartsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 11, 50})
    void allPartsAreOfOneSizeButTheLast(int partBytes) {
        List<Bytes> parts = parts(partBytes, "abc", "", "defgh", "i", "j");

        assertThat(text(parts)).isEqualTo("abcdefghij");
        assertThat(parts.subList(0, parts.size() - 1))
                .allMatch(part -> part.size() == partBytes);
        assertThat(parts.getLast().size()).isBetween(1, partBytes);
    }

    @Test
    void nothingHasNoParts() {
        assertThat(parts(4)).isEmpty();
        assertThat(parts(4, "", "")).isEmpty();
    }

    @Test
    void aPartIsGivenAsSoonAsItIsThere() {
        List<String> asked = new ArrayList<>();
        ByteSource pieces = ByteSource
                .of(List.of(StoreUnderTest.bytes("abc"), StoreUnderTest.bytes("def")));
        EqualParts parts = new EqualParts(() -> {
            asked.add("piece");
            return pieces.next();
        }, 2);

        parts.next();

        assertThat(asked).hasSize(1);
    }

    private static List<Bytes> parts(int partBytes, String... pieces) {
        EqualParts parts = new EqualParts(
                ByteSource.of(List.of(pieces).stream().map(StoreUnderTest::bytes).toList()),
                partBytes);
        List<Bytes> all = new ArrayList<>();
        for (Optional<Bytes> part = parts.next().result(); part.isPresent(); part = parts.next()
                .result()) {
            all.add(part.get());
        }
        return all;
    }

    private static String text(List<Bytes> parts) {
        StringBuilder text = new StringBuilder();
        for (Bytes part : parts) {
            ByteBuffer copy = part.copy();
            text.append(StoreUnderTest.text(copy));
        }
        return text.toString();
    }
}
