package io.cordwood.manifest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "orders", "Orders_1.2-x", "...", ".a", "__consumer_offsets"})
    void kafkasNamesAreLegal(String name) {
        assertThat(new TopicName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../x", "a b", "ä", "a\n", "a\u0000", "٣"})
    void otherNamesAreNot(String name) {
        assertThatThrownBy(() -> new TopicName(name)).isInstanceOf(RejectedException.class);
    }

    @Test
    void aNameHasAtMost249Characters() {
        assertThat(new TopicName("a".repeat(249)).value()).hasSize(249);
        assertThatThrownBy(() -> new TopicName("a".repeat(250)))
                .isInstanceOf(RejectedException.class);
    }
}
