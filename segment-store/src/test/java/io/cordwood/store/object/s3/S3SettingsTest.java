package io.cordwood.store.object.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {

    @Test
    void secretsAreNotPrinted() {
        S3Settings settings = S3Settings.of("bucket", "a/b")
                .withAccessKey(new S3Settings.AccessKey("id", "hidden"));

        assertThat(settings.toString()).contains("id").doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "../a", "a b"})
    void aBucketHasAName(String name) {
        assertThatThrownBy(() -> S3Settings.of(name, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "a/", "/a", "a//b", "../a", "a b"})
    void aPrefixIsAKeyOrEmpty(String prefix) {
        assertThatThrownBy(() -> S3Settings.of("bucket", prefix))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9000", "ftp://host", "http:///path", "host"})
    void anAddressHasASchemeAndAHost(String uri) {
        assertThatThrownBy(() -> S3Settings.Endpoint.at(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAttemptMayTakeAsLongAsItsBodyNeeds() {
        S3Settings.Bounds bounds = S3Settings.Bounds.standard();

        assertThat(bounds.attemptMax(0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(bounds.attemptMax(8 << 20)).isEqualTo(Duration.ofSeconds(13));
        assertThat(bounds.attemptMax(Integer.MAX_VALUE)).isBetween(Duration.ofSeconds(2_000),
                Duration.ofSeconds(3_000));
    }
}
