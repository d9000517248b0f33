package io.cordwood.history.write;

import io.cordwood.history.file.Column;
import io.cordwood.history.file.HistorySchema;
import io.cordwood.history.file.RecordAttributes;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RecordHeader;
import io.cordwood.store.batch.StoredRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;

/** A row group that grows: records are taken apart into columns, and columns into pages. */
final class RowGroup {

    /** What a record takes besides its bytes when it is unpacked, about. */
    private static final int RECORD_OVERHEAD = 64;

    /** Between two looks at the size goes by this share of it. */
    private static final int UNWATCHED_SHARE = 128;

    private static final long MICROS_PER_MILLI = 1_000;

    private final FileLayout layout;
    private final ColumnChunkPageWriteStore pages;
    private final ColumnWriteStore store;
    private final ColumnWriter partition;
    private final ColumnWriter offset;
    private final ColumnWriter timestamp;
    private final ColumnWriter attributes;
    private final ColumnWriter leaderEpoch;
    private final ColumnWriter producerId;
    private final ColumnWriter producerEpoch;
    private final ColumnWriter sequence;
    private final ColumnWriter aborted;
    private final ColumnWriter key;
    private final ColumnWriter headerKey;
    private final ColumnWriter headerValue;
    private final ColumnWriter value;
    private final Optional<KeyHashes> keys;
    private long records;
    private long unpackedBytes;
    private long watchedAtBytes;
    private boolean full;

    RowGroup(FileLayout layout, ParquetProperties properties) {
        this.layout = layout;
        this.pages = ColumnChunkPageWriteStore.builder()
                .withCompressorProvider(column -> new ZstdCompressor())
                .withSchema(HistorySchema.message())
                .withAllocator(new HeapByteBufferAllocator())
                .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
                .withPageWriteChecksumEnabled(properties.getPageWriteChecksumEnabled())
                .build();
        this.store = properties.newColumnWriteStore(HistorySchema.message(), pages, pages);
        this.partition = writer(Column.PARTITION);
        this.offset = writer(Column.OFFSET);
        this.timestamp = writer(Column.TIMESTAMP);
        this.attributes = writer(Column.ATTRIBUTES);
        this.leaderEpoch = writer(Column.LEADER_EPOCH);
        this.producerId = writer(Column.PRODUCER_ID);
        this.producerEpoch = writer(Column.PRODUCER_EPOCH);
        this.sequence = writer(Column.SEQUENCE);
        this.aborted = writer(Column.ABORTED);
        this.key = writer(Column.KEY);
        this.headerKey = writer(Column.HEADER_KEY);
        this.headerValue = writer(Column.HEADER_VALUE);
        this.value = writer(Column.VALUE);
        this.keys = layout.keyFilter() == FileLayout.KeyFilter.BLOOM
                ? Optional.of(new KeyHashes())
                : Optional.empty();
    }

    /**
     * Adds a record of a batch.
     *
     * @param number the partition's
     */
    void add(int number, SourceBatch batch, StoredRecord stored, boolean isAborted) {
        LogRecord record = stored.record();
        partition.write(number, 0, 0);
        offset.write(stored.offset(), 0, 0);
        addTimestamp(record.timestampMillis());
        attributes.write(RecordAttributes.kept(batch.attributes()), 0, 0);
        leaderEpoch.write(batch.leaderEpoch(), 0, 0);
        producerId.write(batch.producerId(), 0, 0);
        producerEpoch.write((int) batch.producerEpoch(), 0, 0);
        sequence.write(batch.sequenceAt(stored.offset()), 0, 0);
        aborted.write(isAborted, 0, 0);
        add(key, record.key(), 0, 1);
        addHeaders(record.headers());
        add(value, record.value(), 0, 1);
        store.endRecord();
        records++;
        unpackedBytes += RECORD_OVERHEAD;
        keys.ifPresent(hashes -> record.key().ifPresent(hashes::add));
        watch();
    }

    /** How many bytes it has now, about. */
    long sizeBytes() {
        return store.getBufferedSize();
    }

    /** Whether it is as large as a row group should be. */
    boolean isFull() {
        return full;
    }

    /** Whether it holds nothing. */
    boolean isEmpty() {
        return records == 0;
    }

    /** Ends the row group, and the file has it; there must be a record. */
    void flushTo(ParquetFileWriter file) throws IOException {
        keys.ifPresent(hashes -> pages
                .getBloomFilterWriter(HistorySchema.descriptor(Column.KEY))
                .writeBloomFilter(hashes.filter()));
        file.startBlock(records);
        store.flush();
        pages.flushToFileWriter(file);
        file.endBlock();
        store.close();
        pages.close();
    }

    private ColumnWriter writer(Column column) {
        return store.getColumnWriter(HistorySchema.descriptor(column));
    }

    private void addTimestamp(long millis) {
        if (millis == LogRecord.NO_TIMESTAMP) {
            timestamp.writeNull(0, 0);
        } else {
            timestamp.write(millis * MICROS_PER_MILLI, 0, 1);
        }
    }

    private void addHeaders(List<RecordHeader> headers) {
        if (headers.isEmpty()) {
            headerKey.writeNull(0, HistorySchema.LIST_EMPTY);
            headerValue.writeNull(0, HistorySchema.LIST_EMPTY);
        }
        int repetition = 0;
        for (RecordHeader header : headers) {
            Binary name = Binary.fromString(header.key());
            headerKey.write(name, repetition, HistorySchema.HEADER_PRESENT);
            unpackedBytes += name.length() + RECORD_OVERHEAD / 2;
            add(headerValue, header.value(), repetition,
                    HistorySchema.HEADER_VALUE_PRESENT);
            repetition = 1;
        }
    }

    /** Adds bytes at a definition level, or their absence at the one below. */
    private void add(ColumnWriter column, Optional<ByteBuffer> bytes, int repetition,
            int definition) {
        if (bytes.isEmpty()) {
            column.writeNull(repetition, definition - 1);
            return;
        }
        unpackedBytes += bytes.get().remaining();
        column.write(Binary.fromReusedByteBuffer(bytes.get()), repetition, definition);
    }

    private void watch() {
        if (unpackedBytes - watchedAtBytes >= layout.rowGroupBytes() / UNWATCHED_SHARE) {
            watchedAtBytes = unpackedBytes;
            full = unpackedBytes >= layout.rowGroupUnpackedBytes()
                    || store.getBufferedSize() >= layout.rowGroupBytes();
        }
    }
}
