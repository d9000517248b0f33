package io.cordwood.server.http.stream;

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
class PlaceFuzzTest {

    private static final OffsetRange RANGE = new OffsetRange(3, 10);

    static Stream<Arguments> seeds() {
        return Stream.of("0:15,1:7,12:0", "beginning", "END", "123", "0: 15 , 1:7,0:3",
                "2026-11-21T10:00:00Z", "2026-11-21T10:00:00+01:00")
                .map(text -> arguments(named(text, text.getBytes(UTF_8))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsTakenIsAPlaceAndIsWrittenAlike(byte[] input) {
        String text = new String(input, UTF_8);
        AllocationBound bound = new AllocationBound((1 << 20) + 512L * input.length);

        bound.hold(() -> parse(text)).ifPresent(place -> assertIsAPlace(place, text));
    }

    private static void assertIsAPlace(Place place, String text) {
        if (place instanceof Place.At(Positions positions)) {
            assertThat(Positions.parse(positions.toString())).isEqualTo(positions);
            assertThat(positions.next()).hasSize(text.split(",", -1).length);
            assertThat(positions.next().firstKey()).isNotNegative();
        }
        if (!(place instanceof Place.Fixed fixed)) {
            return;
        }
        assertThat(fixed.endIn(0, RANGE)).isBetween(0L, RANGE.end());
        try {
            assertThat(fixed.startIn(0, RANGE)).isBetween(0L, RANGE.end());
        } catch (RefusedException beyondTheEnd) {
            assertThat(beyondTheEnd).hasMessageContaining("partition 0 ends at 10");
        }
    }

    private static Optional<Place> parse(String text) {
        try {
            return Optional.of(Place.parse("from", text));
        } catch (RefusedException refused) {
            return Optional.empty();
        }
    }
}
