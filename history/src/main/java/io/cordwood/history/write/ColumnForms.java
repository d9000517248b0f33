package io.cordwood.history.write;

import io.cordwood.history.file.Column;
import java.util.EnumSet;
import java.util.Set;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;

/**
 * How columns are encoded: as every reader of Parquet can read them, since some that are in use
 * know only pages of version 1, plain or by dictionary. A reader fetches the dictionary wherever
 * it begins, so only columns have one whose values are few.
 */
final class ColumnForms {

    private static final Set<Column> FEW_VALUES = EnumSet.of(Column.PARTITION, Column.ATTRIBUTES,
            Column.LEADER_EPOCH, Column.PRODUCER_ID, Column.PRODUCER_EPOCH, Column.HEADER_KEY);

    /** The smallest and largest of these say nothing. */
    private static final Set<Column> NO_STATISTICS = EnumSet.of(Column.VALUE, Column.HEADER_VALUE);

    /** How much of a key stands in statistics, in bytes. */
    private static final int STATISTICS_SIZE = 16;

    /** Between so many records the size of pages is looked at: values may be large. */
    private static final int UNWATCHED_RECORDS_MAX = 16;

    private ColumnForms() {}

    /** The properties that Parquet's writer goes by. */
    static ParquetProperties properties(FileLayout layout) {
        ParquetProperties.Builder properties = ParquetProperties.builder()
                .withWriterVersion(WriterVersion.PARQUET_1_0)
                .withPageSize(layout.pageBytes())
                .withPageRowCountLimit(layout.pageRows())
                .withMinRowCountForPageSizeCheck(1)
                .withMaxRowCountForPageSizeCheck(UNWATCHED_RECORDS_MAX)
                .withPageWriteChecksumEnabled(true)
                .withColumnIndexTruncateLength(STATISTICS_SIZE)
                .withStatisticsTruncateLength(STATISTICS_SIZE);
        for (Column column : Column.values()) {
            String path = column.path();
            properties.withDictionaryEncoding(path, FEW_VALUES.contains(column));
            properties.withStatisticsEnabled(path, !NO_STATISTICS.contains(column));
        }
        return properties.build();
    }
}
