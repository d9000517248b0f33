package io.cordwood.history.rows;

import io.cordwood.history.file.Damage;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Small numbers as Parquet packs them: levels, and numbers of a dictionary's values.
 *
 * <pre>
 *  a run of one number               numbers side by side, eight to a group
 *  +------------+--------+           +------------------+------------------+
 *  | length * 2 | number |           | groups * 2 + 1   | bits             |
 *  +------------+--------+           +------------------+------------------+
 * </pre>
 *
 * The first field is a count in base 128, the lowest seven bits first; the number has as many bytes
 * as its bits need, the lowest first; bits are filled from the lowest. Within the bounds of what is
 * asked for, nothing that is claimed is believed.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">Parquet:
 *      RLE / bit-packing hybrid</a>
 */
final class RunLengths {

    private static final int COUNT_BITS_MAX = 32;

    private final ByteBuffer in;
    private final int bitWidth;
    private final int[] numbers;
    private int filled;

    private RunLengths(ByteBuffer in, int bitWidth, int count) {
        this.in = in;
        this.bitWidth = bitWidth;
        this.numbers = new int[count];
    }

    /**
     * So many numbers from where the buffer is; it is then behind the last run of them.
     *
     * @param bitWidth of each number, 0 to 32
     */
    static int[] read(ByteBuffer in, int bitWidth, int count) {
        Damage.check(bitWidth >= 0 && bitWidth <= Integer.SIZE, "numbers have too many bits");
        RunLengths runs = new RunLengths(in, bitWidth, count);
        while (runs.filled < count) {
            runs.readRun();
        }
        return runs.numbers;
    }

    private void readRun() {
        int head = readCount();
        int length = head >>> 1;
        Damage.check(length > 0, "a run of nothing");
        if ((head & 1) == 0) {
            repeat(length);
        } else {
            unpack(length);
        }
    }

    private int readCount() {
        int count = 0;
        for (int shift = 0; shift < COUNT_BITS_MAX; shift += 7) {
            byte next = in.get();
            count |= (next & 0x7f) << shift;
            if (next >= 0) {
                return count;
            }
        }
        throw Damage.found("a run has no length");
    }

    private void repeat(int length) {
        int number = 0;
        for (int shift = 0; shift < bitWidth; shift += Byte.SIZE) {
            number |= (in.get() & 0xff) << shift;
        }
        int end = filled + Math.min(length, numbers.length - filled);
        Arrays.fill(numbers, filled, end, number);
        filled = end;
    }

    private void unpack(int groups) {
        long size = (long) groups * bitWidth;
        Damage.check(size <= in.remaining(), "a run is cut");
        int end = in.position() + (int) size;
        int count = (int) Math.min((long) groups * Byte.SIZE, numbers.length - filled);
        long mask = (1L << bitWidth) - 1;
        long bits = 0;
        int held = 0;
        for (int i = 0; i < count; i++) {
            while (held < bitWidth) {
                bits |= (in.get() & 0xffL) << held;
                held += Byte.SIZE;
            }
            numbers[filled++] = (int) (bits & mask);
            bits >>>= bitWidth;
            held -= bitWidth;
        }
        in.position(end);
    }
}
