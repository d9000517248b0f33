package io.cordwood.ingest.wal;

import io.cordwood.store.batch.BatchEncoder;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.ValidBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Batches for tests. */
public final class Batches {

    private static final BatchEncoder ENCODER = new BatchEncoder(BatchLimits.STANDARD);

    private Batches() {}

    /** A batch with a record for each text. */
    public static ValidBatch of(String... values) {
        return batch(Arrays.stream(values).map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /** A batch with one record: the text and so much noise that does not compress. */
    public static ValidBatch large(String value, int noiseBytes) {
        byte[] noise = new byte[noiseBytes];
        new Random(value.hashCode()).nextBytes(noise);
        ByteBuffer content = ByteBuffer.allocate(value.length() + 1 + noiseBytes);
        content.put((value + "|").getBytes(StandardCharsets.ISO_8859_1)).put(noise);
        return batch(List.of(content.array()));
    }

    private static ValidBatch batch(List<byte[]> values) {
        List<LogRecord> records = values.stream().map(value -> new LogRecord(1_700_000_000_000L,
                Optional.empty(), Optional.of(ByteBuffer.wrap(value)), List.of())).toList();
        return ENCODER.encode(records).getFirst();
    }
}
