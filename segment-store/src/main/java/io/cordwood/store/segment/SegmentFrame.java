package io.cordwood.store.segment;

import io.cordwood.store.object.ByteRange;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/** What a segment with relative offsets begins and ends with, as {@link SegmentLayout} draws it. */
final class SegmentFrame {

    private SegmentFrame() {}

    static ByteBuffer header(UUID id) {
        ByteBuffer header = ByteBuffer.allocate(SegmentLayout.HEADER_SIZE);
        header.putInt(SegmentLayout.MAGIC).putShort(SegmentLayout.VERSION).putShort((short) 0);
        header.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        header.putInt(0);
        return header.putInt(crc(header.duplicate().flip())).flip();
    }

    static ByteBuffer footer(ByteRange indexRange) {
        ByteBuffer footer = ByteBuffer.allocate(SegmentLayout.FOOTER_SIZE);
        footer.putLong(indexRange.position()).putInt(indexRange.length());
        footer.putLong(indexRange.end() + SegmentLayout.FOOTER_SIZE);
        footer.putInt(crc(footer.duplicate().flip()));
        return footer.putInt(SegmentLayout.FOOTER_MAGIC).flip();
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}
