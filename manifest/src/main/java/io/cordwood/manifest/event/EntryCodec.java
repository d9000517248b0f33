package io.cordwood.manifest.event;

import com.google.protobuf.InvalidProtocolBufferException;
import io.cordwood.manifest.event.ManifestEvent.RunsAppended;
import io.cordwood.manifest.proto.Entry;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.object.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of an entry's object, version 1.
 *
 * <pre>
 *  0      4         6          8     12            16              20
 *  +------+---------+----------+-----+-------------+---------------+------+--------+
 *  | CWME | version | reserved | CRC | body length | inline length | body | inline |
 *  |      | = 1     | = 0      |     |             |               |      |        |
 *  +------+---------+----------+-----+-------------+---------------+------+--------+
 * </pre>
 *
 * All numbers are big-endian. The CRC-32C covers everything after itself. The body is an
 * {@code Entry} of manifest.proto; the inline part is segments, back to back.
 */
public final class EntryCodec {

    /** The largest object in bytes that is accepted as an entry. */
    public static final int SIZE_MAX = 64 << 20;

    private static final int MAGIC = 0x43574d45;
    private static final short VERSION = 1;
    private static final int CRC = 8;
    private static final int BODY_LENGTH = 12;
    private static final int INLINE_LENGTH = 16;
    private static final int BODY = 20;

    private EntryCodec() {}

    /** Encodes an entry with the inline segments that its events point to. */
    public static EncodedEntry encode(ManifestEntry entry, List<Bytes> inline) {
        byte[] body = EventCodec.toProto(entry).toByteArray();
        long inlineLength = inline.stream().mapToLong(Bytes::size).sum();
        Invariant.check(BODY + body.length + inlineLength <= SIZE_MAX,
                "an entry that is written can be read: %d and %d bytes", body.length, inlineLength);
        Invariant.check(holdsItsSegments(entry, inlineLength),
                "an entry holds the segments that its events point to: %s", entry);
        ByteBuffer head = ByteBuffer.allocate(BODY);
        head.putInt(MAGIC).putShort(VERSION).putShort((short) 0).putInt(0);
        head.putInt(body.length).putInt((int) inlineLength).flip();
        List<ByteBuffer> slices = new ArrayList<>();
        slices.add(head);
        slices.add(ByteBuffer.wrap(body));
        inline.forEach(segment -> slices.addAll(segment.slices()));
        head.putInt(CRC, crc(slices));
        return new EncodedEntry(entry, Bytes.of(slices), BODY + body.length);
    }

    /**
     * Reads the bytes of the object with that number.
     *
     * @throws CorruptException when they are not the entry of that number
     */
    public static StoredEntry decode(long sequence, ByteBuffer object) {
        ByteBuffer bytes = object.slice();
        require(bytes.remaining() >= BODY, sequence, "it is cut short");
        require(bytes.getInt(0) == MAGIC, sequence, "it does not begin as one");
        require(bytes.getShort(4) == VERSION && bytes.getShort(6) == 0, sequence,
                "its format version is not known here");
        require(crc(List.of(bytes)) == bytes.getInt(CRC), sequence, "its checksum differs");
        int bodyLength = bytes.getInt(BODY_LENGTH);
        int inlineLength = bytes.getInt(INLINE_LENGTH);
        require(bodyLength >= 0 && inlineLength >= 0
                && (long) BODY + bodyLength + inlineLength == bytes.remaining(), sequence,
                "its lengths differ from its size");
        ManifestEntry entry = parse(sequence, bytes.slice(BODY, bodyLength));
        require(entry.sequence() == sequence, sequence, "it is entry " + entry.sequence());
        require(holdsItsSegments(entry, inlineLength), sequence,
                "a segment does not lie in its inline part");
        return new StoredEntry(entry, BODY + bodyLength, bytes.remaining());
    }

    private static ManifestEntry parse(long sequence, ByteBuffer body) {
        try {
            return EventCodec.fromProto(Entry.parseFrom(body));
        } catch (InvalidProtocolBufferException | IllegalArgumentException
                | RejectedException bad) {
            throw new CorruptException("manifest entry " + sequence + " is damaged: "
                    + bad.getMessage(), bad);
        }
    }

    /** Whether the inline segments that its events point to end in an inline part so long. */
    private static boolean holdsItsSegments(ManifestEntry entry, long inlineLength) {
        return entry.events().stream().filter(RunsAppended.class::isInstance)
                .map(event -> ((RunsAppended) event).place())
                .filter(SegmentPlace.Inline.class::isInstance).map(SegmentPlace.Inline.class::cast)
                .allMatch(inline -> inline.index().end() <= inlineLength - inline.position());
    }

    private static int crc(List<ByteBuffer> slices) {
        CRC32C crc = new CRC32C();
        ByteBuffer first = slices.getFirst();
        crc.update(first.slice(CRC + Integer.BYTES, first.remaining() - CRC - Integer.BYTES));
        slices.stream().skip(1).forEach(slice -> crc.update(slice.duplicate()));
        return (int) crc.getValue();
    }

    private static void require(boolean holds, long sequence, String complaint) {
        if (!holds) {
            throw new CorruptException("manifest entry " + sequence + " is damaged: " + complaint);
        }
    }
}
