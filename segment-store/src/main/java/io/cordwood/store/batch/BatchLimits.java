package io.cordwood.store.batch;

/**
 * How large a batch may be.
 *
 * @param sizeMax bytes of a batch as it is stored, its header included
 * @param unpackedSizeMax bytes of its records when decompressed: what a reader must hold at most
 */
public record BatchLimits(int sizeMax, int unpackedSizeMax) {

    /** Kafka's own default of 1 MiB and a header, and a generous bound on compression. */
    public static final BatchLimits STANDARD = new BatchLimits(1_048_588, 64 << 20);

    public BatchLimits {
        if (sizeMax < BatchHeader.SIZE || unpackedSizeMax < sizeMax) {
            throw new IllegalArgumentException("a batch holds at least its header: " + sizeMax);
        }
    }
}
