package io.cordwood.kafka.wire;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.record.internal.RecordsSend;

/**
 * Batches that are sent as they lie in memory, without being put together first.
 *
 * @param slices each of one or more whole batches, in order
 */
public record SlicedRecords(List<ByteBuffer> slices) implements BaseRecords {

    public static final SlicedRecords EMPTY = new SlicedRecords(List.of());

    public SlicedRecords {
        slices = List.copyOf(slices);
    }

    @Override
    public int sizeInBytes() {
        return slices.stream().mapToInt(ByteBuffer::remaining).sum();
    }

    /** Not for Kafka's own network layer. */
    @Override
    public RecordsSend<? extends BaseRecords> toSend() {
        throw new UnsupportedOperationException("the response encoder takes the slices");
    }
}
