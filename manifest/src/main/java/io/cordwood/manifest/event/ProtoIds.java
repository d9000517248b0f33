package io.cordwood.manifest.event;

import com.google.protobuf.ByteString;
import io.cordwood.manifest.proto.TopicPartition;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.segment.PartitionId;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Ids as manifest.proto spells them: 16 bytes, the most significant first. */
public final class ProtoIds {

    private static final int SIZE = 16;
    private static final int TABLE_SIZE = 2 * SIZE + Integer.BYTES;

    private ProtoIds() {}

    public static ByteString toBytes(UUID id) {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return ByteString.copyFrom(bytes.flip());
    }

    /** Throws {@link IllegalArgumentException} for anything but 16 bytes. */
    public static UUID fromBytes(ByteString bytes) {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("an id has 16 bytes, not " + bytes.size());
        }
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /**
     * A segment by its id, a history file by the id of its topic and its own, a piece of a table by
     * the id of its topic, the one under which it was written, and its number.
     */
    public static ByteString toBytes(DataObject object) {
        return switch (object) {
            case DataObject.Segment(UUID id) -> toBytes(id);
            case DataObject.History(UUID topic, UUID id) -> toBytes(topic).concat(toBytes(id));
            case DataObject.Table(UUID topic, UUID id, int piece) -> toBytes(topic)
                    .concat(toBytes(id)).concat(ByteString.copyFrom(
                            ByteBuffer.allocate(Integer.BYTES).putInt(piece).flip()));
        };
    }

    /** Throws {@link IllegalArgumentException} for what is none of these. */
    public static DataObject objectFromBytes(ByteString bytes) {
        return switch (bytes.size()) {
            case 2 * SIZE -> new DataObject.History(id(bytes, 0), id(bytes, SIZE));
            case TABLE_SIZE -> new DataObject.Table(id(bytes, 0), id(bytes, SIZE),
                    bytes.asReadOnlyByteBuffer().getInt(2 * SIZE));
            default -> new DataObject.Segment(fromBytes(bytes));
        };
    }

    private static UUID id(ByteString bytes, int position) {
        return fromBytes(bytes.substring(position, position + SIZE));
    }

    public static TopicPartition toProto(PartitionId partition) {
        return TopicPartition.newBuilder().setTopic(toBytes(partition.topic()))
                .setPartition(partition.partition()).build();
    }

    /** Throws {@link IllegalArgumentException} for what is no partition. */
    public static PartitionId fromProto(TopicPartition proto) {
        return new PartitionId(fromBytes(proto.getTopic()), proto.getPartition());
    }

    /** Throws {@link IllegalArgumentException} for numbers that no instance of a producer has. */
    public static ProducerIdentity producer(long id, int epoch) {
        return new ProducerIdentity(id, epoch(epoch));
    }

    /** Throws {@link IllegalArgumentException} for a number that is no epoch of a producer. */
    public static short epoch(int number) {
        if (number < 0 || number > Short.MAX_VALUE) {
            throw new IllegalArgumentException("no producer has epoch " + number);
        }
        return (short) number;
    }
}
