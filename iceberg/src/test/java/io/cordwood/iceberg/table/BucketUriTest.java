package io.cordwood.iceberg.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.store.object.ObjectKey;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BucketUriTest {

    private static final ObjectKey KEY = new ObjectKey("history/a/data/b.parquet");

    @Test
    void anObjectOfABucketIsUnderItsPrefix() {
        assertThat(BucketUri.s3("bucket", "").of(KEY))
                .isEqualTo("s3://bucket/history/a/data/b.parquet");
        assertThat(BucketUri.s3("bucket", "a/prefix").of(KEY))
                .isEqualTo("s3://bucket/a/prefix/history/a/data/b.parquet");
    }

    @Test
    void anObjectOfAFolderIsAFileWhereverTheServerWasStarted() {
        assertThat(BucketUri.folder(Path.of("/some/folder/")).of(KEY))
                .isEqualTo("file:///some/folder/history/a/data/b.parquet");
        assertThat(BucketUri.folder(Path.of("data", "..", "bucket")).of(KEY)).isEqualTo("file://"
                + Path.of("bucket").toAbsolutePath() + "/history/a/data/b.parquet");
    }

    @Test
    void aSlashIsNotDoubled() {
        assertThatThrownBy(() -> BucketUri.s3("bucket", "prefix/"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
