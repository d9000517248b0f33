package io.cordwood.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.server.settings.ServerSettings.BucketLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsSourcesTest {

    private static final long HEAP = 1L << 30;

    @TempDir
    Path folder;

    @Test
    void withoutAnySettingTheServerRunsOnALocalFolder() {
        ServerSettings settings = new SettingsSources().resolve(HEAP);

        assertThat(settings.bucket())
                .isEqualTo(new BucketLocation.Folder(Path.of("data/bucket").toAbsolutePath()));
        assertThat(settings.http()).isEqualTo(new HostPort("127.0.0.1", 8082));
        assertThat(settings.flushInterval()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.sizes().buffer()).isEqualTo(HEAP / 4);
    }

    @Test
    void flagsWinOverTheEnvironmentAndTheEnvironmentOverTheFile() throws IOException {
        Path file = file("""
                flush-interval = 1s
                http = 127.0.0.1:1000
                buffer-size = 64MiB
                """);

        ServerSettings settings = new SettingsSources().file(file)
                .environment(Map.of("CORDWOOD_HTTP", "127.0.0.1:2000",
                        "CORDWOOD_FLUSH_INTERVAL", "2s"))
                .flags(Map.of(Setting.HTTP, "127.0.0.1:3000"))
                .resolve(HEAP);

        assertThat(settings.http().port()).isEqualTo(3000);
        assertThat(settings.flushInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.sizes().buffer()).isEqualTo(64 << 20);
    }

    @Test
    void allProblemsAreToldAtOnceEachWithItsOrigin() throws IOException {
        Path file = file("""
                flush-interval = soon
                colour = green
                """);

        assertThatThrownBy(() -> new SettingsSources().file(file)
                .environment(Map.of("CORDWOOD_BUCKET", "ftp://x", "CORDWOOD_COLOUR", "red",
                        "PATH", "/bin"))
                .flags(Map.of(Setting.HTTP, "nowhere"))
                .resolve(HEAP))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("flush-interval is 'soon' (from file")
                .hasMessageContaining("no setting 'colour'")
                .hasMessageContaining("no setting 'CORDWOOD_COLOUR'")
                .hasMessageContaining("bucket is 'ftp://x' (from the environment)")
                .hasMessageContaining("http is 'nowhere' (from --http)");
    }

    @Test
    void aFileThatCannotBeReadIsAProblem() {
        assertThatThrownBy(() -> new SettingsSources().file(folder.resolve("none")).resolve(HEAP))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void theLaunchersAndTheTestsVariablesAreNotSettings() {
        ServerSettings settings = new SettingsSources()
                .environment(Map.of("CORDWOOD_JVM_OPTS", "-Xmx1g", "CORDWOOD_TEST_S3_ENDPOINT",
                        "http://x"))
                .resolve(HEAP);

        assertThat(settings).isEqualTo(new SettingsSources().resolve(HEAP));
    }

    @Test
    void aBucketIsAFolderOrS3WithAPrefix() {
        assertThat(bucket("s3://logs/prod/eu/"))
                .isEqualTo(new BucketLocation.S3("logs", "prod/eu"));
        assertThat(bucket("s3://logs")).isEqualTo(new BucketLocation.S3("logs", ""));
        assertThat(bucket("file:/tmp/x")).isEqualTo(new BucketLocation.Folder(Path.of("/tmp/x")));
    }

    private static BucketLocation bucket(String text) {
        return new SettingsSources().flags(Map.of(Setting.BUCKET, text)).resolve(HEAP).bucket();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("cordwood.properties"), text);
    }
}
