package io.cordwood.history.write;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.column.values.bloomfilter.XxHash;

/**
 * The hashes of a row group's keys, kept until it is known how many differ: a Bloom filter cannot
 * grow, and one for more keys than there are is larger than the keys.
 */
final class KeyHashes {

    private static final double WRONG_SHARE = 0.01;

    private final XxHash hash = new XxHash();
    private long[] hashes = new long[1024];
    private int count;

    void add(ByteBuffer key) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        hashes[count++] = hash.hashByteBuffer(key.duplicate());
    }

    /** A filter of all keys. */
    BloomFilter filter() {
        long distinct = Arrays.stream(hashes, 0, count).sorted().distinct().count();
        int bits = BlockSplitBloomFilter.optimalNumOfBits(Math.max(distinct, 1), WRONG_SHARE);
        BloomFilter filter = new BlockSplitBloomFilter(bits / Byte.SIZE);
        for (int i = 0; i < count; i++) {
            filter.insertHash(hashes[i]);
        }
        return filter;
    }
}
