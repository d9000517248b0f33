package io.cordwood.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

    private static final ZoneId ZONE = ZoneId.of("+02:00");

    @Test
    void aPlaceIsAnEdgeAnOffsetOrATime() {
        assertThat(parse("beginning")).isEqualTo(new Place.Beginning());
        assertThat(parse("end")).isEqualTo(new Place.End());
        assertThat(parse("17")).isEqualTo(new Place.AtOffset(17));
        assertThat(parse("2026-11-21T10:00:00Z")).isEqualTo(at("2026-11-21T10:00:00Z"));
        assertThat(parse("2026-11-21T10:00:00.5-05:00")).isEqualTo(at("2026-11-21T15:00:00.5Z"));
    }

    @Test
    void aTimeWithoutAZoneIsThatOfTheMachine() {
        assertThat(parse("2026-11-21T10:00")).isEqualTo(at("2026-11-21T08:00:00Z"));
        assertThat(parse("2026-11-21")).isEqualTo(at("2026-11-20T22:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "start", "yesterday", "2026-13-01", "99999999999999999999",
            "10:00"})
    void whatIsNoPlaceIsSaidWithWhatIs(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("beginning, end, an offset, or a time");
    }

    private static Place parse(String text) {
        return Place.parse(text, ZONE);
    }

    private static Place at(String instant) {
        return new Place.AtTime(Instant.parse(instant));
    }
}
