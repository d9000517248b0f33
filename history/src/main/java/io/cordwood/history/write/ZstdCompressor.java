package io.cordwood.history.write;

import com.github.luben.zstd.Zstd;
import io.cordwood.runtime.Invariant;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Compresses pages with Zstandard. Level 1: what higher levels save is a few hundredths, and costs
 * as much again. Parquet's own compressor needs Hadoop.
 */
final class ZstdCompressor implements BytesInputCompressor {

    private static final int LEVEL = 1;
    private static final ByteBufferAllocator HEAP = new HeapByteBufferAllocator();

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
        ByteBuffer plain = bytes.toByteBuffer(HEAP, buffer -> {});
        byte[] packed = new byte[Math.toIntExact(Zstd.compressBound(plain.remaining()))];
        long size = Zstd.compressByteArray(packed, 0, packed.length, plain.array(),
                plain.arrayOffset() + plain.position(), plain.remaining(), LEVEL);
        Invariant.check(!Zstd.isError(size), "what fits the bound is packed");
        return BytesInput.from(packed, 0, (int) size);
    }

    @Override
    public CompressionCodecName getCodecName() {
        return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
        // Nothing is held.
    }
}
