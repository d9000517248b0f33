package io.cordwood.iceberg.table;

import static org.apache.iceberg.expressions.Expressions.and;
import static org.apache.iceberg.expressions.Expressions.equal;
import static org.apache.iceberg.expressions.Expressions.greaterThan;
import static org.apache.iceberg.expressions.Expressions.greaterThanOrEqual;
import static org.apache.iceberg.expressions.Expressions.lessThan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.event.ManifestEvent.RecordsDeleted;
import io.cordwood.manifest.event.TableVersion;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.segment.PartitionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;

class TableWriterTest {

    private static final UUID ID = new UUID(9, 9);
    private static final BucketUri BUCKET = BucketUri.s3("bucket", "a/prefix");
    private static final String DATA = "s3://bucket/a/prefix/history/" + TopicChain.TOPIC
            + "/data/";

    private final TopicChain chain = new TopicChain();
    private final TableWriter writer = new TableWriter(BUCKET, 2);

    @Test
    void aTableListsTheHistoryOfItsTopicAndNothingElse() {
        chain.history(0, 10, 1);
        chain.history(0, 20, 2);
        chain.history(1, 30, 3);
        chain.append(1, 40);

        List<DataFile> files = files(Expressions.alwaysTrue());

        assertThat(files).extracting(DataFile::location).containsExactlyInAnyOrder(
                file(1), file(2), file(3));
        assertThat(files).extracting(DataFile::recordCount).containsExactlyInAnyOrder(10L, 20L,
                30L);
        assertThat(files).extracting(DataFile::fileSizeInBytes).containsOnly(500L);
        assertThat(files).extracting(file -> file.partition().get(0, Integer.class))
                .containsExactlyInAnyOrder(0, 0, 1);
    }

    @Test
    void filesWithNothingForAReaderAreLeftOut() {
        chain.history(0, 10, 1);
        chain.history(0, 20, 2);
        chain.history(1, 30, 3);

        assertThat(locations(equal("partition", 1))).containsExactly(file(3));
        assertThat(locations(and(equal("partition", 0), greaterThanOrEqual("offset", 10L))))
                .containsExactly(file(2));
        assertThat(locations(and(equal("partition", 0), lessThan("offset", 10L))))
                .containsExactly(file(1));
        assertThat(locations(lessThan("timestamp", (TopicChain.MILLIS - 20) * 1_000)))
                .containsExactly(file(3));
        assertThat(locations(greaterThan("timestamp", TopicChain.MILLIS * 1_000))).isEmpty();
    }

    @Test
    void aFileWithoutTimestampsIsNeverLeftOutForThem() {
        chain.append(0, 10);
        chain.convert(0, 0, 10, 1, LogRecord.NO_TIMESTAMP);

        assertThat(locations(lessThan("timestamp", 5L))).containsExactly(file(1));
    }

    @Test
    void filesThatBecomeOneAreListedAsThatOne() {
        chain.history(0, 10, 1);
        chain.history(0, 20, 2);

        chain.convert(0, 0, 30, 3);

        assertThat(locations(Expressions.alwaysTrue())).containsExactly(file(3));
    }

    @Test
    void aFileIsListedUntilItsLastRecordIsDeleted() {
        chain.history(0, 10, 1);
        chain.history(0, 20, 2);
        PartitionId partition = new PartitionId(TopicChain.TOPIC, 0);

        chain.chain().append(new RecordsDeleted(partition, 10));
        assertThat(locations(Expressions.alwaysTrue())).containsExactly(file(2));

        chain.chain().append(new RecordsDeleted(partition, 29));
        assertThat(locations(Expressions.alwaysTrue())).containsExactly(file(2));

        chain.chain().append(new RecordsDeleted(partition, 30));
        assertThat(locations(Expressions.alwaysTrue())).isEmpty();
    }

    @Test
    void aFileOfWhichNothingIsLeftIsNotListed() {
        chain.history(0, 10, 1);
        chain.history(0, 20, 2);

        chain.empty(0, 10, 20, 3);

        assertThat(locations(Expressions.alwaysTrue())).containsExactly(file(1));
    }

    @Test
    void aManifestListsNoMoreFilesThanItMay() {
        for (int i = 1; i <= 5; i++) {
            chain.history(0, 10, i);
        }

        WrittenTable written = write(1);

        assertThat(written.version().manifests()).isEqualTo(3);
        assertThat(written.pieces().keySet())
                .containsExactlyInAnyOrderElementsOf(written.version().objects(TopicChain.TOPIC));
        assertThat(locations(Expressions.alwaysTrue())).hasSize(5);
    }

    @Test
    void aTableHasNoMoreManifestsThanItMay() {
        TableWriter narrow = new TableWriter(BUCKET, 1);
        for (int i = 0; i <= TableVersion.MANIFESTS_MAX; i++) {
            chain.history(0, 1, i);
        }

        assertThatThrownBy(() -> narrow.write(TableContents.of(chain.topic()), 1, 1, ID))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void versionsOfATableFollowEachOther() {
        chain.history(0, 10, 1);

        Table table = table(write(7));

        assertThat(table.uuid()).isEqualTo(TopicChain.TOPIC);
        assertThat(table.location())
                .isEqualTo("s3://bucket/a/prefix/history/" + TopicChain.TOPIC);
        assertThat(table.currentSnapshot().sequenceNumber()).isEqualTo(7);
        assertThat(table.currentSnapshot().summary())
                .containsEntry("cordwood.manifest.sequence",
                        Long.toString(chain.chain().state().sequence()));
        assertThat(table.properties()).containsEntry("cordwood.topic", "orders");
        assertThat(table.snapshots()).extracting(Snapshot::snapshotId).hasSize(1);
    }

    @Test
    void theDigestTellsWhetherATableListsWhatThereIs() {
        chain.history(0, 10, 1);
        long one = digest(BUCKET);
        chain.append(0, 10);
        assertThat(digest(BUCKET)).isEqualTo(one);
        assertThat(digest(BucketUri.s3("other", ""))).isNotEqualTo(one);

        chain.convert(0, 10, 10, 2);
        long two = digest(BUCKET);
        assertThat(two).isNotEqualTo(one);

        chain.convert(0, 0, 20, 3);
        assertThat(digest(BUCKET)).isNotIn(one, two);
    }

    private long digest(BucketUri bucket) {
        return TableContents.of(chain.topic()).digest(bucket);
    }

    private WrittenTable write(long number) {
        return writer.write(TableContents.of(chain.topic()), chain.chain().state().sequence(),
                number, ID);
    }

    private List<String> locations(Expression filter) {
        return files(filter).stream().map(DataFile::location).toList();
    }

    private List<DataFile> files(Expression filter) {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> plan = table(write(1)).newScan().filter(filter)
                .planFiles()) {
            plan.forEach(task -> files.add(task.file()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return files;
    }

    private static Table table(WrittenTable written) {
        StoredFiles files = new StoredFiles(location -> written.pieces().entrySet().stream()
                .filter(piece -> BUCKET.of(piece.getKey().key()).equals(location))
                .map(piece -> piece.getValue().copy().array()).findFirst().orElseThrow());
        return files.table(BUCKET.of(
                new DataObject.Table(TopicChain.TOPIC, ID, DataObject.Table.METADATA).key()));
    }

    private static String file(long number) {
        return DATA + new UUID(8, number) + ".parquet";
    }
}
