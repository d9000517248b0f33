package io.cordwood.store.segment;

import io.cordwood.runtime.CorruptException;
import java.nio.ByteBuffer;
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
        SegmentIndex index = index(size - SegmentLayout.FOOTER_SIZE);
        index.runs().forEach(this::checkRun);
        return index;
    }

    private void checkHeader() {
        require(segment.getInt(0) == SegmentLayout.MAGIC, "it does not begin as a segment");
        require(segment.getShort(4) == SegmentLayout.VERSION, "its format version is not known here");
        checkCrc(0, SegmentLayout.HEADER_CRC, segment.getInt(SegmentLayout.HEADER_CRC), "header");
    }

    private SegmentIndex index(int footer) {
        require(segment.getInt(footer + 28) == SegmentLayout.FOOTER_MAGIC, "it is cut short");
        checkCrc(footer, SegmentLayout.FOOTER_CRC,
                segment.getInt(footer + SegmentLayout.FOOTER_CRC), "footer");
        long position = segment.getLong(footer);
        int length = segment.getInt(footer + 8);
        require(segment.getLong(footer + 16) == segment.remaining(), "its length differs");
        require(length > 0 && position >= SegmentLayout.HEADER_SIZE && position + length == footer,
                "its index is not where its footer says");
        checkCrc((int) position, length, segment.getInt(footer + 12), "index");
        return SegmentIndex.parse(segment.slice((int) position, length));
    }

    private void checkRun(SegmentRun run) {
        require(run.position() >= SegmentLayout.HEADER_SIZE
                && run.position() + run.length() <= segment.remaining(),
                "a run lies outside of it");
        checkCrc((int) run.position(), run.length(), run.crc(), "run of " + run.partition());
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
