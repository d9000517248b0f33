package io.cordwood.store.segment;

import io.cordwood.runtime.CorruptException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/** Reads a whole segment with suspicion: every magic, length and checksum is looked at. */
final class SegmentVerification {

    private final ByteBuffer segment;

    private SegmentVerification(ByteBuffer segment) {
        this.segment = segment.slice();
    }

    static SegmentIndex verify(ByteBuffer segment) {
        return new SegmentVerification(segment).verify();
    }

    private SegmentIndex verify() {
        int size = segment.remaining();
        require(size >= SegmentLayout.HEADER_SIZE + SegmentLayout.FOOTER_SIZE, "it is cut short");
        checkHeader();
        int footer = size - SegmentLayout.FOOTER_SIZE;
        SegmentIndex index = index(footer);
        checkRuns(index.runs(), segment.getLong(footer));
        return index;
    }

    private void checkHeader() {
        require(segment.getInt(0) == SegmentLayout.MAGIC, "it does not begin as a segment");
        require(segment.getShort(4) == SegmentLayout.VERSION,
                "its format version is not known here");
        require((segment.getShort(SegmentLayout.HEADER_FLAGS)
                & ~SegmentLayout.FLAG_ABSOLUTE_OFFSETS) == 0, "its flags are not known here");
        checkCrc(0, SegmentLayout.HEADER_CRC, segment.getInt(SegmentLayout.HEADER_CRC), "header");
    }

    private SegmentIndex index(int footer) {
        require(segment.getInt(footer + 24) == SegmentLayout.FOOTER_MAGIC, "it is cut short");
        checkCrc(footer, SegmentLayout.FOOTER_CRC,
                segment.getInt(footer + SegmentLayout.FOOTER_CRC), "footer");
        long position = segment.getLong(footer);
        int length = segment.getInt(footer + 8);
        require(segment.getLong(footer + 12) == segment.remaining(), "its length differs");
        require(length > 0 && position >= SegmentLayout.HEADER_SIZE && position == footer - length,
                "its index is not where its footer says");
        return SegmentIndex.parse(segment.slice((int) position, length));
    }

    /** Every byte between header and index belongs to one run, so none escapes the checksums. */
    private void checkRuns(List<SegmentRun> runs, long indexPosition) {
        long end = SegmentLayout.HEADER_SIZE;
        for (int i = 0; i < runs.size(); i++) {
            SegmentRun run = runs.get(i);
            require(run.position() == end && run.length() <= indexPosition - end,
                    "a run does not lie where the one before it ends");
            require(i == 0 || runs.get(i - 1).partition().compareTo(run.partition()) <= 0,
                    "its runs are not in order");
            checkCrc((int) end, run.length(), run.crc(), "run of " + run.partition());
            end += run.length();
        }
        require(end == indexPosition, "something lies between its runs and its index");
    }

    private void checkCrc(int position, int length, int expected, String part) {
        CRC32C crc = new CRC32C();
        crc.update(segment.slice(position, length));
        require((int) crc.getValue() == expected, "the checksum of its " + part + " differs");
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new CorruptException("not a good segment: " + complaint);
        }
    }
}
