package io.cordwood.iceberg.table;

import io.cordwood.manifest.state.HistoryRef;
import io.cordwood.store.batch.LogRecord;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;

/**
 * A history file as a manifest of Iceberg lists it, with bounds on its partition, its offsets and
 * its timestamps, so that readers leave out files that hold nothing for them.
 *
 * <p>The bounds on timestamps are those of the records that consumers see: the marks at the end of
 * transactions, which are rows too, may lie outside.
 */
final class DataFileEntry {

    private static final long MICROS = 1_000;

    private final Map<Integer, ByteBuffer> lower = new HashMap<>();
    private final Map<Integer, ByteBuffer> upper = new HashMap<>();

    private DataFileEntry() {}

    static DataFile of(ListedFile listed, BucketUri bucket) {
        PartitionData partition = new PartitionData(TableSchema.PARTITIONING.partitionType());
        partition.set(0, listed.partition());
        return DataFiles.builder(TableSchema.PARTITIONING)
                .withPath(bucket.of(new HistoryRef(listed.file()).key()))
                .withFormat(FileFormat.PARQUET)
                .withPartition(partition)
                .withFileSizeInBytes(listed.sizeBytes())
                .withMetrics(new DataFileEntry().metrics(listed))
                .build();
    }

    private Metrics metrics(ListedFile listed) {
        bound(TableSchema.PARTITION, listed.partition(), listed.partition());
        bound(TableSchema.OFFSET, listed.run().baseOffset(), listed.run().endOffset() - 1);
        boundTimestamps(listed.file().minTimestampMillis(), listed.run().maxTimestampMillis());
        long records = listed.file().records();
        return new Metrics(records, new HashMap<>(),
                new HashMap<>(Map.of(TableSchema.PARTITION, records, TableSchema.OFFSET, records)),
                new HashMap<>(Map.of(TableSchema.PARTITION, 0L, TableSchema.OFFSET, 0L)),
                new HashMap<>(), lower, upper);
    }

    /** None where no record has a timestamp, or one that is none in microseconds. */
    private void boundTimestamps(long minMillis, long maxMillis) {
        if (minMillis != LogRecord.NO_TIMESTAMP && minMillis <= maxMillis
                && minMillis >= Long.MIN_VALUE / MICROS && maxMillis <= Long.MAX_VALUE / MICROS) {
            bound(TableSchema.TIMESTAMP, minMillis * MICROS, maxMillis * MICROS);
        }
    }

    private <T> void bound(int column, T least, T most) {
        Type type = TableSchema.COLUMNS.findType(column);
        lower.put(column, Conversions.toByteBuffer(type, least));
        upper.put(column, Conversions.toByteBuffer(type, most));
    }
}
