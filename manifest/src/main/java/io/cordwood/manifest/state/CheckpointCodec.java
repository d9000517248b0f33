package io.cordwood.manifest.state;

import com.google.protobuf.InvalidProtocolBufferException;
import io.cordwood.manifest.proto.Checkpoint;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.object.Bytes;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of a checkpoint's object, version 1.
 *
 * <pre>
 *  0      4         6          8          12
 *  +------+---------+----------+----------+------+
 *  | CWMC | version | reserved | CRC of   | body |
 *  |      | = 1     | = 0      | the body |      |
 *  +------+---------+----------+----------+------+
 * </pre>
 *
 * The body is a {@code Checkpoint} of manifest.proto. The same state gives the same bytes.
 */
public final class CheckpointCodec {

    /** The largest object in bytes that is accepted as a checkpoint. */
    public static final int SIZE_MAX = 1 << 30;

    private static final int MAGIC = 0x43574d43;
    private static final short VERSION = 1;
    private static final int BODY = 12;

    private CheckpointCodec() {}

    public static Bytes encode(ManifestState state) {
        byte[] body = CheckpointWriter.write(state).toByteArray();
        ByteBuffer head = ByteBuffer.allocate(BODY).putInt(MAGIC).putShort(VERSION)
                .putShort((short) 0).putInt(crc(ByteBuffer.wrap(body))).flip();
        return Bytes.of(head, ByteBuffer.wrap(body));
    }

    /**
     * Reads the bytes of the checkpoint with that number.
     *
     * @throws CorruptException when they are not that checkpoint
     */
    public static ManifestState decode(long sequence, ByteBuffer object) {
        ByteBuffer bytes = object.slice();
        require(bytes.remaining() >= BODY && bytes.getInt(0) == MAGIC, sequence,
                "it does not begin as one");
        require(bytes.getShort(4) == VERSION && bytes.getShort(6) == 0, sequence,
                "its format version is not known here");
        ByteBuffer body = bytes.slice(BODY, bytes.remaining() - BODY);
        require(crc(body) == bytes.getInt(8), sequence, "its checksum differs");
        ManifestState state = parse(sequence, body);
        require(state.sequence() == sequence, sequence, "it is checkpoint " + state.sequence());
        return state;
    }

    private static ManifestState parse(long sequence, ByteBuffer body) {
        try {
            return CheckpointReader.read(Checkpoint.parseFrom(body));
        } catch (InvalidProtocolBufferException | IllegalArgumentException
                | IndexOutOfBoundsException | RejectedException damaged) {
            throw new CorruptException("checkpoint " + sequence + " is damaged: "
                    + damaged.getMessage(), damaged);
        }
    }

    private static int crc(ByteBuffer body) {
        CRC32C crc = new CRC32C();
        crc.update(body.duplicate());
        return (int) crc.getValue();
    }

    private static void require(boolean holds, long sequence, String complaint) {
        if (!holds) {
            throw new CorruptException("checkpoint " + sequence + " is damaged: " + complaint);
        }
    }
}
