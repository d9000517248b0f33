package io.cordwood.bench.micro;

import io.cordwood.store.batch.BatchEncoder;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.ValidBatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Batches to measure with. */
final class Samples {

    private Samples() {}

    /** A batch of one record of random bytes. */
    static ValidBatch batch(int valueBytes) {
        byte[] value = new byte[valueBytes];
        new Random(1).nextBytes(value);
        return new BatchEncoder(BatchLimits.STANDARD)
                .encode(List.of(new LogRecord(1_700_000_000_000L, Optional.empty(),
                        Optional.of(ByteBuffer.wrap(value)), List.of())))
                .getFirst();
    }
}
