package io.cordwood.kafka.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientZoneTest {

    @ParameterizedTest
    @ValueSource(strings = {"zone=eu-1a", "billing,zone=eu-1a", "billing;zone=eu-1a;x=y",
            "billing zone=eu-1a", "ws_az=eu-1a", "warpstream_az=eu-1a&x=y", "a,diskless_az=eu-1a",
            "a,inkless_az=eu-1a", "automq_az=eu-1a,b", "rack=eu-1a"})
    void aClientSaysInItsIdInWhichZoneItIs(String clientId) {
        assertThat(ClientZone.of(clientId)).contains("eu-1a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "billing", "zone", "zone=", "timezone=eu-1a", "zone=a/b",
            "zone:eu-1a"})
    void mostSayNothing(String clientId) {
        assertThat(ClientZone.of(clientId)).isEmpty();
    }

    @Test
    void aNameThatIsTooLongForAZoneIsNone() {
        assertThat(ClientZone.of("zone=" + "z".repeat(100))).isPresent();
        assertThat(ClientZone.of("zone=" + "z".repeat(101))).isEmpty();
    }
}
