package io.cordwood.server.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a settings file holds, its problems are told, or a server can run with it. */
class SettingsSourcesFuzzTest {

    private static final long HEAP = 1L << 30;
    private static final String NAME = "[A-Za-z0-9._:-]{1,100}";

    @TempDir
    static Path folder;

    static Stream<Arguments> seeds() {
        return Stream.of(
                arguments(named("a folder", """
                        bucket = file:data/bucket
                        local = data/local
                        http = [::1]:8082
                        flush-interval = 2 m
                        buffer-size = 64MiB
                        request-size = 8MiB
                        cache.memory = auto
                        cache.disk = 1TiB
                        log.format = json
                        cluster = 0.0.0.0:9094
                        cluster.advertised = node-1.example.org:9094
                        node.name = node-1
                        node.zone = eu-central-1a
                        node.roles = query, ingest
                        """.getBytes(UTF_8))),
                arguments(named("a bucket", """
                        bucket = s3://a-bucket/a/prefix/
                        s3.endpoint = http://localhost:9000
                        s3.region = eu-central-1
                        s3.path-style = true
                        """.getBytes(UTF_8))),
                arguments(named("an endpoint without a scheme",
                        "s3.endpoint = //localhost".getBytes(UTF_8))),
                arguments(named("more bytes than there are numbers",
                        "buffer-size = 999999999999999TiB".getBytes(UTF_8))),
                arguments(named("a prefix of many slashes",
                        ("bucket = s3://a-bucket/" + "/".repeat(20_000)).getBytes(UTF_8))),
                arguments(named("an interval of more nanoseconds than there are numbers",
                        "flush-interval = 999999999999h".getBytes(UTF_8))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsNotAProblemCanBeUsed(byte[] input) throws IOException {
        Path file = Files.write(folder.resolve("cordwood.properties"), input);

        read(file).ifPresent(settings -> {
            ServerSettings.Sizes sizes = settings.sizes();
            assertThat(settings.flushInterval().toNanos()).isPositive();
            assertThat(sizes.buffer()).isNotNegative();
            assertThat(sizes.cacheMemory()).isNotNegative();
            assertThat(sizes.cacheDisk()).isNotNegative();
            assertThat(sizes.request()).isBetween(64L << 10, 64L << 20);
            assertThat(HostPort.parse(settings.http().toString())).isEqualTo(settings.http());
            assertThat(settings.cluster().roles()).isNotEmpty();
            assertThat(settings.cluster().name("host", 9094)).matches(NAME);
        });
    }

    private static Optional<ServerSettings> read(Path file) {
        try {
            return Optional.of(new SettingsSources().file(file).resolve(HEAP));
        } catch (InvalidSettingsException problems) {
            assertThat(problems.problems()).isNotEmpty();
            return Optional.empty();
        }
    }
}
