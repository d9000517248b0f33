package io.cordwood.history.rows;

import com.github.luben.zstd.Zstd;
import io.cordwood.history.file.Damage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/**
 * A page whose head was read and checked, but whose values are still packed.
 *
 * <p>The head has no checksum. What it says is believed only as far as something else says the
 * same: its lengths as they fit the page's place and the packed bytes, its encoding as the column
 * has it.
 *
 * @param values how many are on it
 * @param byDictionary whether they are numbers of a dictionary's values
 * @param unpackedSize of everything on the page, in bytes
 * @param packed what follows the head
 */
record PackedPage(int values, boolean byDictionary, int unpackedSize, ByteBuffer packed) {

    /** Reads the head of a data page. */
    static PackedPage ofData(ByteBuffer stored, Set<Encoding> encodings) throws IOException {
        ByteBufferInputStream in = ByteBufferInputStream.wrap(stored.slice());
        PageHeader head = Util.readPageHeader(in);
        Damage.check(head.getType() == PageType.DATA_PAGE, "no data page where one should be");
        DataPageHeader data = Damage.present(head.getData_page_header(), "head of a data page");
        Encoding encoding = Damage.present(data.getEncoding(), "encoding");
        Damage.check(encodings.contains(encoding), "a page's encoding is not its column's");
        return of(head, data.getNum_values(), encoding != Encoding.PLAIN, stored, in);
    }

    /** Reads the head of a dictionary page. */
    static PackedPage ofDictionary(ByteBuffer stored) throws IOException {
        ByteBufferInputStream in = ByteBufferInputStream.wrap(stored.slice());
        PageHeader head = Util.readPageHeader(in);
        Damage.check(head.getType() == PageType.DICTIONARY_PAGE,
                "no dictionary where one should be");
        DictionaryPageHeader dictionary = Damage.present(head.getDictionary_page_header(),
                "head of a dictionary");
        return of(head, dictionary.getNum_values(), false, stored, in);
    }

    private static PackedPage of(PageHeader head, int values, boolean byDictionary,
            ByteBuffer stored, ByteBufferInputStream in) {
        int headSize = Math.toIntExact(in.position());
        ByteBuffer packed = stored.slice(stored.position() + headSize,
                stored.remaining() - headSize);
        Damage.check(values >= 0 && head.getCompressed_page_size() == packed.remaining(),
                "a page has another length than its place");
        CRC32 crc = new CRC32();
        crc.update(packed.duplicate());
        Damage.check(head.isSetCrc() && head.getCrc() == (int) crc.getValue(),
                "a page's checksum is wrong");
        ByteBuffer onHeap = packed.hasArray()
                ? packed
                : ByteBuffer.allocate(packed.remaining()).put(packed).flip();
        Damage.check(head.getUncompressed_page_size() == unpackedSize(onHeap),
                "a page unpacks to another size than its head says");
        return new PackedPage(values, byDictionary, head.getUncompressed_page_size(), onHeap);
    }

    private static long unpackedSize(ByteBuffer packed) {
        return Zstd.getFrameContentSize(packed.array(), packed.arrayOffset() + packed.position(),
                packed.remaining());
    }

    /** Unpacks all of it into an array, from a position on. */
    void unpackTo(byte[] target, int position) {
        long size = Zstd.decompressByteArray(target, position, unpackedSize, packed.array(),
                packed.arrayOffset() + packed.position(), packed.remaining());
        Damage.check(size == unpackedSize, "a page cannot be unpacked");
    }
}
