package io.cordwood.ingest.wal;

import io.cordwood.runtime.RejectedException;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.segment.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads one file with suspicion, frame by frame, up to the first thing that is not what was
 * written. Batches are validated once more, as if a client had sent them.
 */
final class WalReader {

    private final ByteBuffer file;
    private final BatchLimits limits;
    private final List<WalFrame> frames = new ArrayList<>();
    private int position;

    private WalReader(ByteBuffer file, BatchLimits limits) {
        this.file = file.slice();
        this.limits = limits;
    }

    /**
     * The usable part of what should be the file with that number in the directory of that
     * identity.
     */
    static WalContent read(ByteBuffer file, UUID identity, long number, BatchLimits limits) {
        WalReader reader = new WalReader(file, limits);
        Optional<WalEnd> end = reader.readHeader(identity, number);
        while (end.isEmpty()) {
            end = reader.readFrame();
        }
        return new WalContent(reader.frames, end.get());
    }

    private Optional<WalEnd> readHeader(UUID identity, long number) {
        if (file.remaining() < WalFormat.HEADER_SIZE) {
            return cut();
        }
        if (!file.slice(0, WalFormat.HEADER_SIZE).equals(WalFormat.header(identity, number))) {
            return damaged(headerComplaint());
        }
        position = WalFormat.HEADER_SIZE;
        return Optional.empty();
    }

    private String headerComplaint() {
        if (file.getInt(0) != WalFormat.MAGIC) {
            return "it does not begin as a file of a local WAL";
        }
        int crc = WalFormat.crc(file.slice(0, WalFormat.HEADER_CRC));
        if (crc != file.getInt(WalFormat.HEADER_CRC)) {
            return "the checksum of its header differs";
        }
        return file.getShort(4) == WalFormat.VERSION
                ? "it belongs to another directory or number"
                : "its format version is not known here";
    }

    /** Reads the next frame; empty if there may be more. */
    private Optional<WalEnd> readFrame() {
        int left = file.remaining() - position;
        if (left == 0) {
            return Optional.of(new WalEnd.Whole());
        }
        if (left < WalFormat.FRAME_HEAD_SIZE) {
            return cut();
        }
        ByteBuffer head = file.slice(position, WalFormat.FRAME_HEAD_SIZE);
        if (WalFormat.crc(head.slice(0, WalFormat.FRAME_HEAD_CRC)) != head
                .getInt(WalFormat.FRAME_HEAD_CRC)) {
            return damaged("the checksum of a frame's head differs");
        }
        int length = head.getInt();
        if (length > left - WalFormat.FRAME_HEAD_SIZE) {
            return cut();
        }
        return readBatch(head, length);
    }

    private Optional<WalEnd> readBatch(ByteBuffer head, int length) {
        try {
            PartitionId partition = new PartitionId(new UUID(head.getLong(), head.getLong()),
                    head.getInt());
            ByteBuffer batch = file.slice(position + WalFormat.FRAME_HEAD_SIZE, length);
            if (WalFormat.crc(batch.duplicate()) != head.getInt(WalFormat.FRAME_BATCH_CRC)) {
                return damaged("the checksum of a batch differs");
            }
            frames.add(new WalFrame(partition, ValidBatch.of(batch, limits)));
            position += WalFormat.FRAME_HEAD_SIZE + length;
            return Optional.empty();
        } catch (RejectedException | IllegalArgumentException | IndexOutOfBoundsException bad) {
            return damaged(String.valueOf(bad.getMessage()));
        }
    }

    private Optional<WalEnd> cut() {
        return Optional.of(new WalEnd.Cut(position));
    }

    private Optional<WalEnd> damaged(String complaint) {
        return Optional.of(new WalEnd.Damaged(position, complaint));
    }
}
