package io.cordwood.store.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "cluster", "manifest/log/00000000000000000042", "a.b/_c/-d/E9",
            "...", "a/.../b", ".hidden", "a/..b", "a/b."})
    void aPathOfPlainLettersIsAKey(String path) {
        assertThat(new ObjectKey(path)).hasToString(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b", ".", "..", "a/.", "../a", "a/../b",
            "a b", "a\\b", "ä", "a:b", "a\u0000"})
    void whatIsNoPathOrLeadsElsewhereIsNone(String path) {
        assertThatThrownBy(() -> new ObjectKey(path))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {513, 100_000})
    void whatIsTooLongIsNone(int length) {
        assertThatThrownBy(() -> new ObjectKey("k".repeat(length)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
