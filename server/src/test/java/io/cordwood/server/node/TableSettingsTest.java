package io.cordwood.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.server.settings.Setting;
import io.cordwood.server.settings.SettingsSources;
import io.cordwood.store.object.ObjectKey;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableSettingsTest {

    private static final ObjectKey KEY = new ObjectKey("history/file");

    @Test
    void enginesFindABucketWhereTheServerDoes() {
        TableSettings settings = settings(Map.of(Setting.BUCKET, "s3://bucket/a/prefix/"));

        assertThat(settings.bucket().of(KEY)).isEqualTo("s3://bucket/a/prefix/history/file");
        assertThat(settings.defaults()).isEmpty();
    }

    @Test
    void enginesAreToldHowToReachAStoreThatIsNotAws() {
        TableSettings settings = settings(Map.of(Setting.BUCKET, "s3://bucket",
                Setting.S3_ENDPOINT, "http://store:9000", Setting.S3_REGION, "here",
                Setting.S3_PATH_STYLE, "true"));

        assertThat(settings.bucket().of(KEY)).isEqualTo("s3://bucket/history/file");
        assertThat(settings.defaults()).isEqualTo(Map.of("s3.endpoint", "http://store:9000",
                "client.region", "here", "s3.path-style-access", "true"));
    }

    @Test
    void aFolderIsFoundByItsWholePath() {
        TableSettings settings = settings(Map.of(Setting.BUCKET, "file:/some/../folder"));

        assertThat(settings.bucket().of(KEY)).isEqualTo("file:///folder/history/file");
    }

    private static TableSettings settings(Map<Setting, String> flags) {
        return TableSettings.of(new SettingsSources().flags(flags).resolve(1L << 30));
    }
}
