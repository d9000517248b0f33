package io.cordwood.store.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ObjectIdTest {

    private final Random random = new Random(1);

    @Test
    void anIdTellsHowFarTheLogWas() {
        for (long sequence = 0; sequence < 1L << 48; sequence = sequence * 3 + 1) {
            assertThat(ObjectId.sequence(ObjectId.of(sequence, any()))).isEqualTo(sequence);
        }
        assertThat(ObjectId.sequence(ObjectId.of((1L << 48) - 1, any())))
                .isEqualTo((1L << 48) - 1);
    }

    @Test
    void anIdIsAUuidOfTheVersionThatIsFreeToUse() {
        UUID id = ObjectId.of(123_456_789L, any());

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void anIdThatWasMadeOtherwiseIsFromTheBeginning() {
        assertThat(ObjectId.sequence(UUID.fromString("f81d4fae-7dec-41d0-a765-00a0c91e6bf6")))
                .isZero();
    }

    @Test
    void idsOfOneSequenceDifferFromTheirFirstDigitsOn() {
        Set<UUID> ids = new HashSet<>();
        Set<String> heads = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            UUID id = ObjectId.of(7, any());
            ids.add(id);
            heads.add(id.toString().substring(0, 2));
        }

        assertThat(ids).hasSize(1_000);
        assertThat(heads).hasSizeGreaterThan(200);
    }

    @Test
    void aSequenceThatNoIdCanTellIsRefused() {
        assertThatThrownBy(() -> ObjectId.of(1L << 48, any()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ObjectId.of(-1, any()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private UUID any() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
