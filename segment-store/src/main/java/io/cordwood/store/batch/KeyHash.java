package io.cordwood.store.batch;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Utils;

/** The hash of a key by which Kafka's clients choose among partitions: murmur2. */
public final class KeyHash {

    private KeyHash() {}

    /** Which of so many places a key belongs to, from 0. */
    public static int place(ByteBuffer key, int places) {
        byte[] bytes = new byte[key.remaining()];
        key.duplicate().get(bytes);
        return Utils.toPositive(Utils.murmur2(bytes)) % places;
    }
}
