package io.cordwood.manifest.log;

import io.cordwood.manifest.state.ManifestInvariants;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The highest number that may have been deleted. It is moved before anything is deleted, so whoever
 * reads it after a success knows whether to believe it.
 *
 * <pre>
 *  0      4         6          8          16
 *  +------+---------+----------+----------+---------+
 *  | CWMB | version | reserved | sequence | CRC     |
 *  |      | = 1     | = 0      |          | of 0-15 |
 *  +------+---------+----------+----------+---------+ 20
 * </pre>
 */
public final class Boundary {

    /** The boundary of a log of which nothing was deleted. */
    public static final long NONE = 0;

    private static final int MAGIC = 0x43574d42;
    private static final short VERSION = 1;
    private static final int CRC = 16;
    private static final int SIZE = 20;

    private final ObjectStore store;

    public Boundary(ObjectStore store) {
        this.store = store;
    }

    /** The boundary now; {@link #NONE} if it was never moved. */
    public Future<Long> read() {
        return store.read(BucketLayout.BOUNDARY, SIZE)
                .map(object -> object.map(Boundary::decode).orElse(NONE));
    }

    /** Moves the boundary up. Done before the first delete, by the committer alone. */
    public Future<Void> moveTo(long sequence) {
        return read().compose(boundary -> {
            ManifestInvariants.theBoundaryOnlyRises(boundary, sequence);
            return store.put(BucketLayout.BOUNDARY, encode(sequence));
        });
    }

    private static Bytes encode(long sequence) {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE);
        bytes.putInt(MAGIC).putShort(VERSION).putShort((short) 0).putLong(sequence);
        return Bytes.of(bytes.putInt(crc(bytes)).flip());
    }

    private static long decode(ByteBuffer object) {
        ByteBuffer bytes = object.slice();
        if (bytes.remaining() != SIZE || bytes.getLong(8) < NONE
                || !bytes.equals(encode(bytes.getLong(8)).copy())) {
            throw new CorruptException("the object " + BucketLayout.BOUNDARY + " is damaged");
        }
        return bytes.getLong(8);
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(0, CRC));
        return (int) crc.getValue();
    }
}
