package io.cordwood.history.write;

import io.cordwood.history.file.FileShape;
import io.cordwood.history.file.FooterFacts;
import io.cordwood.history.file.HistoryFile;
import io.cordwood.history.file.HistorySchema;
import io.cordwood.history.file.HistorySource;
import io.cordwood.history.file.RecordAttributes;
import io.cordwood.history.write.AppendOutcome.Appended;
import io.cordwood.history.write.AppendOutcome.Unconvertible;
import io.cordwood.history.write.Convertibility.Convertible;
import io.cordwood.history.write.Convertibility.Inconvertible;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.batch.StoredRecord;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.jspecify.annotations.Nullable;

/**
 * A history file that is being written: takes the batches of a partition one by one, in order.
 *
 * <p>What is written of the file is in memory until it is taken, and so are one row group's worth
 * of records and the file's index. Not safe for use by several threads at once; may be dropped at
 * any time.
 */
public final class HistoryWriter {

    /** Parquet's word for it. */
    private static final @Nullable FileEncryptionProperties NOT_ENCRYPTED = null;

    private final HistorySource source;
    private final long baseOffset;
    private final List<AbortedTransaction> aborted;
    private final FileLayout layout;
    private final ParquetProperties properties;
    private final FileOutput output = new FileOutput();
    private final ParquetFileWriter file;
    private final RunTally tally;
    private RowGroup rowGroup;
    private int rowGroups;

    /**
     * Begins a file.
     *
     * @param baseOffset the first offset that it is to cover
     * @param aborted the transactions that were aborted and have records among those to come; the
     *        outcome of every transaction must be known
     */
    public HistoryWriter(HistorySource source, long baseOffset, List<AbortedTransaction> aborted,
            FileLayout layout) {
        this.source = source;
        this.baseOffset = baseOffset;
        this.aborted = List.copyOf(aborted);
        this.layout = layout;
        this.properties = ColumnForms.properties(layout);
        this.tally = new RunTally(baseOffset);
        this.rowGroup = new RowGroup(layout, properties);
        try {
            this.file = new ParquetFileWriter(output, HistorySchema.message(),
                    ParquetFileWriter.Mode.CREATE, layout.rowGroupBytes(), 0,
                    NOT_ENCRYPTED, properties);
            file.start();
        } catch (IOException impossible) {
            throw inMemory(impossible);
        }
    }

    /**
     * Adds all records of a batch, or nothing if a history file cannot hold it.
     *
     * @see #append(ByteBuffer, RecordFilter)
     */
    public AppendOutcome append(ByteBuffer batch) {
        return append(batch, RecordFilter.ALL);
    }

    /**
     * Adds the records of a batch that are kept, or nothing if a history file cannot hold it.
     *
     * @param batch the remaining bytes are exactly one batch with its absolute offsets; they may be
     *        used again afterwards
     * @param filter asked of each record, in order, unless none of them can be held
     * @throws io.cordwood.runtime.CorruptException when the batch is not what was stored
     * @throws IllegalArgumentException when it does not come after the batch before
     */
    public AppendOutcome append(ByteBuffer batch, RecordFilter filter) {
        SourceBatch given = SourceBatch.of(batch);
        if (given.baseOffset() < tally.nextOffset()) {
            throw new IllegalArgumentException("a batch at offset " + given.baseOffset()
                    + " where " + tally.nextOffset() + " is next");
        }
        return switch (Convertibility.of(given)) {
            case Inconvertible(String reason) -> new Unconvertible("the batch at offset "
                    + given.baseOffset() + " cannot be converted: " + reason);
            case Convertible(List<StoredRecord> records) -> {
                RecordRole role = role(given);
                List<StoredRecord> kept = records.stream()
                        .filter(record -> filter.keeps(record, role)).toList();
                add(given, role, kept);
                yield new Appended(kept.size());
            }
        };
    }

    /** How long the file would be in bytes, about, if it was finished now. */
    public long sizeBytes() {
        try {
            return file.getPos() + rowGroup.sizeBytes();
        } catch (IOException impossible) {
            throw inMemory(impossible);
        }
    }

    /**
     * Takes away what is ready of the file, so that it is in memory no more: what comes after what
     * was taken before.
     */
    public Bytes take() {
        return output.take();
    }

    /** The offset after the last batch. */
    public long nextOffset() {
        return tally.nextOffset();
    }

    /**
     * Finishes the file; nothing can be added any more.
     *
     * @param nextOffset the first offset that the file no longer covers: that after the last batch,
     *        or a later one, if there is nothing between
     */
    public FinishedFile finish(long nextOffset) {
        if (nextOffset < tally.nextOffset()) {
            throw new IllegalArgumentException("the file goes on to " + tally.nextOffset());
        }
        FooterFacts facts = new FooterFacts(source, baseOffset, nextOffset, tally.leaderEpochs(),
                tally.timestamps(), aborted);
        try {
            flush();
            long tailPosition = file.getPos();
            file.end(facts.keyValues());
            return finished(nextOffset, tailPosition);
        } catch (IOException impossible) {
            throw inMemory(impossible);
        }
    }

    private FinishedFile finished(long nextOffset, long tailPosition) {
        Bytes tail = output.bytesFrom(tailPosition);
        FileShape shape = new FileShape(new ByteRange(tailPosition, tail.size()), tail.crc32c());
        return new FinishedFile(output.rest(),
                new HistoryFile(baseOffset, nextOffset, tally.records(), shape),
                tally.timestamps(), rowGroups);
    }

    private RecordRole role(SourceBatch batch) {
        if (RecordAttributes.isControl(batch.attributes())) {
            return RecordRole.CONTROL;
        }
        return RecordAttributes.isTransactional(batch.attributes())
                && aborted.stream().anyMatch(it -> it.covers(batch.producerId(),
                        batch.baseOffset()))
                                ? RecordRole.ABORTED
                                : RecordRole.DATA;
    }

    private void add(SourceBatch batch, RecordRole role, List<StoredRecord> records) {
        for (StoredRecord stored : records) {
            rowGroup.add(source.partition().partition(), batch, stored,
                    role == RecordRole.ABORTED);
            if (rowGroup.isFull()) {
                flush();
                rowGroup = new RowGroup(layout, properties);
            }
        }
        tally.add(batch, records);
    }

    private void flush() {
        if (rowGroup.isEmpty()) {
            return;
        }
        try {
            rowGroups++;
            rowGroup.flushTo(file);
        } catch (IOException impossible) {
            throw inMemory(impossible);
        }
    }

    private static UncheckedIOException inMemory(IOException impossible) {
        return new UncheckedIOException("a file in memory is written without I/O", impossible);
    }
}
