package io.cordwood.store.segment;

import io.cordwood.runtime.CorruptException;
import io.cordwood.store.batch.TimestampRange;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Writes and reads the index of a segment as {@link SegmentLayout} draws it. */
final class SegmentIndexCodec {

    private SegmentIndexCodec() {}

    static ByteBuffer encode(List<SegmentRun> runs, List<List<Stretch>> stretches) {
        int stretchCount = stretches.stream().mapToInt(List::size).sum();
        ByteBuffer index = ByteBuffer.allocate(SegmentLayout.RUN_COUNT_SIZE
                + runs.size() * SegmentLayout.RUN_ENTRY_SIZE
                + stretchCount * SegmentLayout.STRETCH_SIZE + SegmentLayout.INDEX_CRC_SIZE);
        index.putInt(runs.size());
        for (int i = 0; i < runs.size(); i++) {
            putRun(index, runs.get(i));
            index.putInt(stretches.get(i).size());
        }
        stretches.forEach(ofRun -> ofRun.forEach(stretch -> putStretch(index, stretch)));
        return index.putInt(crc(index.duplicate().flip())).flip();
    }

    private static void putRun(ByteBuffer index, SegmentRun run) {
        UUID topic = run.partition().topic();
        index.putLong(topic.getMostSignificantBits()).putLong(topic.getLeastSignificantBits());
        index.putInt(run.partition().partition()).putLong(run.position()).putInt(run.length());
        index.putInt(run.batches()).putLong(run.baseOffset()).putInt(run.offsets());
        index.putLong(run.timestamps().minMillis()).putLong(run.timestamps().maxMillis());
        index.putInt(run.crc());
    }

    private static void putStretch(ByteBuffer index, Stretch stretch) {
        index.putInt(stretch.offsetDelta()).putInt(stretch.position())
                .putLong(stretch.maxTimestampMillis());
    }

    static SegmentIndex decode(ByteBuffer bytes) {
        ByteBuffer index = checked(bytes);
        try {
            int runCount = index.getInt();
            if (runCount < 0 || runCount > index.remaining() / SegmentLayout.RUN_ENTRY_SIZE) {
                throw new CorruptException("a segment index of " + bytes.remaining()
                        + " bytes cannot hold " + runCount + " runs");
            }
            List<SegmentRun> runs = new ArrayList<>(runCount);
            int[] stretchCounts = new int[runCount];
            for (int i = 0; i < runCount; i++) {
                runs.add(run(index));
                stretchCounts[i] = index.getInt();
            }
            List<List<Stretch>> stretches = stretches(index, stretchCounts);
            if (index.hasRemaining()) {
                throw new CorruptException("something follows the stretches of a segment index");
            }
            return new SegmentIndex(runs, stretches);
        } catch (BufferUnderflowException | IllegalArgumentException damaged) {
            throw new CorruptException("a segment index is damaged: " + damaged, damaged);
        }
    }

    /** What lies before the checksum, if it is that of the checksum. */
    private static ByteBuffer checked(ByteBuffer bytes) {
        int length = bytes.remaining() - SegmentLayout.INDEX_CRC_SIZE;
        if (length < 0 || bytes.slice().getInt(length) != crc(bytes.slice().limit(length))) {
            throw new CorruptException("the checksum of a segment index differs");
        }
        return bytes.slice().limit(length);
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static SegmentRun run(ByteBuffer index) {
        PartitionId partition = new PartitionId(new UUID(index.getLong(), index.getLong()),
                index.getInt());
        return new SegmentRun(partition, index.getLong(), index.getInt(), index.getInt(),
                index.getLong(), index.getInt(),
                new TimestampRange(index.getLong(), index.getLong()), index.getInt());
    }

    private static List<List<Stretch>> stretches(ByteBuffer index, int[] counts) {
        List<List<Stretch>> all = new ArrayList<>(counts.length);
        for (int count : counts) {
            if (count < 0 || count > index.remaining() / SegmentLayout.STRETCH_SIZE) {
                throw new BufferUnderflowException();
            }
            List<Stretch> ofRun = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                ofRun.add(new Stretch(index.getInt(), index.getInt(), index.getLong()));
            }
            all.add(List.copyOf(ofRun));
        }
        return all;
    }
}
