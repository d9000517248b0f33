package io.cordwood.server.http.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.runtime.AllocationBound;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.log.OffsetRange;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client says it saw last is refused, or is a place to go on from. */
class StartFuzzTest {

    private static final OffsetRange RANGE = new OffsetRange(3, 10);

    static Stream<Arguments> seeds() {
        return Stream.of("0:15,1:7,12:0", "beginning", "END", "123", "0: 15 , 1:7,0:3")
                .map(text -> arguments(named(text, text.getBytes(UTF_8))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsTakenIsAPlaceAndIsWrittenAlike(byte[] input) {
        String text = new String(input, UTF_8);
        AllocationBound bound = new AllocationBound((1 << 20) + 512L * input.length);

        bound.hold(() -> parse(text)).ifPresent(start -> assertIsAPlace(start, text));
    }

    private static void assertIsAPlace(Start start, String text) {
        if (start instanceof Start.At(Positions positions)) {
            assertThat(Positions.parse(positions.toString())).isEqualTo(positions);
            assertThat(positions.next()).hasSize(text.split(",", -1).length);
            assertThat(positions.next().firstKey()).isNotNegative();
        }
        try {
            assertThat(start.in(0, RANGE)).isBetween(0L, RANGE.end());
        } catch (RefusedException beyondTheEnd) {
            assertThat(beyondTheEnd).hasMessageContaining("partition 0 ends at 10");
        }
    }

    private static Optional<Start> parse(String text) {
        try {
            return Optional.of(Start.parse(text));
        } catch (RefusedException refused) {
            return Optional.empty();
        }
    }
}
