package io.cordwood.indexer.compact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatestOffsetsTest {

    private static final int ROOMY = 1 << 20;

    @Test
    void aRecordIsSupersededByALaterOneOfItsKeyOnly() {
        LatestOffsets latest = new LatestOffsets(ROOMY);
        assertThat(latest.put(key("a"), 0)).isTrue();
        assertThat(latest.put(key("b"), 5)).isTrue();
        assertThat(latest.put(key("a"), 7)).isTrue();

        assertThat(latest.isSuperseded(key("a"), 0)).isTrue();
        assertThat(latest.isSuperseded(key("a"), 6)).isTrue();
        assertThat(latest.isSuperseded(key("a"), 7)).isFalse();
        assertThat(latest.isSuperseded(key("a"), 8)).isFalse();
        assertThat(latest.isSuperseded(key("b"), 4)).isTrue();
        assertThat(latest.isSuperseded(key("b"), 5)).isFalse();
        assertThat(latest.isSuperseded(key("c"), 0)).isFalse();
        assertThat(latest.count()).isEqualTo(2);
    }

    @Test
    void anEmptyKeyIsAKey() {
        LatestOffsets latest = new LatestOffsets(ROOMY);
        latest.put(key(""), 3);

        assertThat(latest.isSuperseded(key(""), 2)).isTrue();
    }

    @Test
    void whenThereIsNoRoomItTakesNoNewKeysAndKnowsTheOldOnes() {
        LatestOffsets latest = new LatestOffsets(24 << 10);
        int offset = 0;
        while (latest.put(key("key-" + offset), offset)) {
            offset++;
        }

        assertThat(offset).isEqualTo(768);
        assertThat(latest.put(key("another"), offset)).isFalse();
        assertThat(latest.put(key("key-0"), offset)).isTrue();
        assertThat(latest.isSuperseded(key("key-0"), offset - 1)).isTrue();
        assertThat(latest.isSuperseded(key("another"), 0)).isFalse();
    }

    @Test
    void itKnowsWhatAMapKnows() {
        Random random = new Random(7);
        LatestOffsets latest = new LatestOffsets(ROOMY);
        Map<String, Long> map = new HashMap<>();
        for (long offset = 0; offset < 20_000; offset++) {
            String key = "key-" + random.nextInt(5_000);
            assertThat(latest.put(key(key), offset)).isTrue();
            map.put(key, offset);
        }

        assertThat(latest.count()).isEqualTo(map.size());
        map.forEach((key, offset) -> {
            assertThat(latest.isSuperseded(key(key), offset - 1)).isTrue();
            assertThat(latest.isSuperseded(key(key), offset)).isFalse();
        });
    }

    private static ByteBuffer key(String key) {
        return ByteBuffer.wrap(key.getBytes(UTF_8));
    }
}
