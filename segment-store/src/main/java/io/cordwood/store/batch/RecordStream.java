package io.cordwood.store.batch;

import static io.cordwood.runtime.RejectedException.Reason.INVALID_RECORD;
import static io.cordwood.runtime.RejectedException.Reason.RECORD_TOO_LARGE;

import io.cordwood.runtime.RejectedException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.DefaultRecord;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.ByteUtils;
import org.jspecify.annotations.Nullable;

/**
 * The records of a batch, unpacked one by one and within a bound.
 *
 * <p>Records are decompressed and parsed by Kafka's classes, but never before the length they claim
 * was compared with what the bound leaves: a few bytes must not make a reader allocate gigabytes.
 */
final class RecordStream implements AutoCloseable {

    private final DefaultRecordBatch batch;
    private final int unpackedSizeMax;
    private final DataInputStream in;
    private long remaining;

    private RecordStream(DefaultRecordBatch batch, int unpackedSizeMax, InputStream unpacked) {
        this.batch = batch;
        this.unpackedSizeMax = unpackedSizeMax;
        this.in = new DataInputStream(unpacked);
        this.remaining = unpackedSizeMax;
    }

    /**
     * Begins to unpack a batch whose checksum is right.
     *
     * @param packed what follows the batch's head
     * @param unpackedSizeMax bytes of all records at most
     */
    static RecordStream of(DefaultRecordBatch batch, ByteBuffer packed, int unpackedSizeMax) {
        if (batch.compressionType() == CompressionType.SNAPPY) {
            SnappyChunks.check(packed, unpackedSizeMax);
        }
        return new RecordStream(batch, unpackedSizeMax,
                batch.recordInputStream(BufferSupplier.NO_CACHING));
    }

    /**
     * The next record, a view of the array that it asks for.
     *
     * @param room gives an array with room for so many bytes
     * @throws RejectedException when it is cut, or there is more than the bound allows
     */
    DefaultRecord next(IntFunction<byte[]> room) throws IOException {
        int size = ByteUtils.readVarint(in);
        require(size > 0, "a record has no size");
        remaining -= size;
        if (remaining < 0) {
            throw new RejectedException(RECORD_TOO_LARGE, "its records unpack to more than "
                    + unpackedSizeMax + " bytes");
        }
        int prefix = ByteUtils.sizeOfVarint(size);
        byte[] bytes = room.apply(prefix + size);
        ByteBuffer whole = ByteBuffer.wrap(bytes, 0, prefix + size);
        ByteUtils.writeVarint(size, whole);
        try {
            in.readFully(bytes, prefix, size);
        } catch (EOFException cut) {
            throw rejected("its last record is cut");
        }
        whole.rewind();
        return DefaultRecord.readFrom(whole, batch.baseOffset(), batch.baseTimestamp(),
                batch.baseSequence(), logAppendTime());
    }

    /** Throws {@link RejectedException} when there is more. */
    void end() throws IOException {
        require(in.read() < 0, "something follows its last record");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private @Nullable Long logAppendTime() {
        return batch.timestampType() == TimestampType.LOG_APPEND_TIME
                ? batch.maxTimestamp()
                : null;
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw rejected(complaint);
        }
    }

    private static RejectedException rejected(String complaint) {
        return new RejectedException(INVALID_RECORD, "the batch is not acceptable: " + complaint);
    }
}
