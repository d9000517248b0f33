package io.cordwood.kafka.wire;

import io.cordwood.runtime.Invariant;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.MessageSizeAccumulator;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.protocol.Writable;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.ResponseHeader;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * Writes a response as one frame. Kafka's generated classes write their fields into a buffer of the
 * right size; records go in between as they lie in memory.
 */
final class ResponseEncoder implements Writable {

    private static final int COMPONENTS_MAX = 1 << 16;

    private final ByteBuffer fields;
    private final CompositeByteBuf frame;
    private int written;

    private ResponseEncoder(int fieldsSize) {
        this.fields = ByteBuffer.allocate(fieldsSize);
        this.frame = ByteBufAllocator.DEFAULT.compositeBuffer(COMPONENTS_MAX);
    }

    /** The frame of a response to a request. */
    static ByteBuf encode(RequestContext request, ApiMessage message) {
        ResponseHeader header = request.header.toResponseHeader();
        short headerVersion = header.headerVersion();
        ObjectSerializationCache cache = new ObjectSerializationCache();
        MessageSizeAccumulator size = new MessageSizeAccumulator();
        header.data().addSize(size, cache, headerVersion);
        message.addSize(size, cache, request.apiVersion());
        ResponseEncoder encoder = new ResponseEncoder(
                Integer.BYTES + size.sizeExcludingZeroCopy());
        encoder.writeInt(size.totalSize());
        header.data().write(encoder, cache, headerVersion);
        message.write(encoder, cache, request.apiVersion());
        return encoder.finish(Integer.BYTES + size.totalSize());
    }

    private ByteBuf finish(int size) {
        flush();
        Invariant.check(frame.readableBytes() == size && !fields.hasRemaining(),
                "a response is as long as it says: %d, not %d", size, frame.readableBytes());
        return frame;
    }

    /** Adds the fields that were written since the last time. */
    private void flush() {
        if (fields.position() > written) {
            add(fields.slice(written, fields.position() - written));
            written = fields.position();
        }
    }

    private void add(ByteBuffer bytes) {
        frame.addComponent(true, Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public void writeRecords(BaseRecords records) {
        flush();
        switch (records) {
            case SlicedRecords sliced -> sliced.slices().forEach(slice -> add(slice.duplicate()));
            case MemoryRecords whole -> add(whole.buffer());
            default -> throw new IllegalArgumentException("not in memory: " + records);
        }
    }

    @Override
    public void writeByteBuffer(ByteBuffer bytes) {
        flush();
        add(bytes.duplicate());
    }

    @Override
    public void writeByte(byte value) {
        fields.put(value);
    }

    @Override
    public void writeShort(short value) {
        fields.putShort(value);
    }

    @Override
    public void writeInt(int value) {
        fields.putInt(value);
    }

    @Override
    public void writeLong(long value) {
        fields.putLong(value);
    }

    @Override
    public void writeDouble(double value) {
        fields.putDouble(value);
    }

    @Override
    public void writeByteArray(byte[] bytes) {
        fields.put(bytes);
    }

    @Override
    public void writeUnsignedVarint(int value) {
        ByteUtils.writeUnsignedVarint(value, fields);
    }

    @Override
    public void writeVarint(int value) {
        ByteUtils.writeVarint(value, fields);
    }

    @Override
    public void writeVarlong(long value) {
        ByteUtils.writeVarlong(value, fields);
    }
}
