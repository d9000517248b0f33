package io.cordwood.bench.micro;

import io.cordwood.store.batch.BatchEncoder;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.ValidBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Packs 64 KiB of records into a batch, from views as the gRPC edge has them, and checks such a
 * batch as a client might have sent it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class ValidateBatch {

    private static final int VALUE_BYTES = 64 << 10;

    /** The bytes of one value. */
    @Param({"100", "1024"})
    public int recordBytes;

    private List<LogRecord> records = List.of();
    private ByteBuffer batch = ByteBuffer.allocate(0);

    /** Packs the batch that is checked. */
    @Setup
    public void pack() {
        Random random = new Random(1);
        records = new ArrayList<>();
        for (int i = 0; i < VALUE_BYTES / recordBytes; i++) {
            byte[] value = new byte[recordBytes];
            random.nextBytes(value);
            records.add(new LogRecord(1_700_000_000_000L + i, Optional.empty(),
                    Optional.of(ByteBuffer.wrap(value).asReadOnlyBuffer()), List.of()));
        }
        batch = encode().getFirst().bytes();
    }

    @Benchmark
    public List<ValidBatch> encode() {
        return new BatchEncoder(BatchLimits.STANDARD).encode(records);
    }

    @Benchmark
    public ValidBatch validate() {
        return ValidBatch.of(batch.duplicate(), BatchLimits.STANDARD);
    }
}
