package io.cordwood.store.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.RejectedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.Test;

/**
 * Whatever a client sends, it is accepted or rejected and nothing else happens; and what is
 * accepted can be read.
 */
class BatchMutationTest {

    private static final int MUTATIONS = 24_000;
    private static final BatchLimits LIMITS = new BatchLimits(64 << 10, 1 << 20);

    @Test
    void aMutilatedBatchIsRejectedOrReadable() {
        List<ByteBuffer> corpus = corpus();
        int accepted = 0;
        for (long seed = 0; seed < MUTATIONS; seed++) {
            Random random = new Random(seed);
            ByteBuffer mutilated = mutilate(corpus.get(random.nextInt(corpus.size())), random);
            try {
                Optional<ValidBatch> batch = judge(mutilated);
                batch.ifPresent(BatchMutationTest::assertReadable);
                accepted += batch.isPresent() ? 1 : 0;
            } catch (Throwable failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }

        assertThat(accepted).as("some harmless mutations").isGreaterThan(MUTATIONS / 100);
        assertThat(accepted).as("many harmful ones").isLessThan(MUTATIONS / 2);
    }

    private static Optional<ValidBatch> judge(ByteBuffer bytes) {
        try {
            return Optional.of(ValidBatch.of(bytes, LIMITS));
        } catch (RejectedException rejected) {
            return Optional.empty();
        }
    }

    private static void assertReadable(ValidBatch batch) {
        ByteBuffer stored = BatchForge.copy(batch.bytes());
        new BatchHeader(stored, 0).assign(100, 1);

        List<StoredRecord> records = BatchDecoder.records(stored, 0);

        TimestampRange timestamps = TimestampRange.EMPTY;
        for (int i = 0; i < records.size(); i++) {
            assertThat(records.get(i).offset()).isEqualTo(100 + i);
            timestamps = timestamps.include(records.get(i).record().timestampMillis());
        }
        assertThat(records).hasSize(batch.records());
        assertThat(timestamps).isEqualTo(batch.timestamps());
        assertThat(new BatchHeader(stored, 0).lastOffset()).isEqualTo(100 + records.size() - 1);
        assertThat(new BatchHeader(stored, 0).maxTimestampMillis())
                .isEqualTo(timestamps.maxMillis());
    }

    private static List<ByteBuffer> corpus() {
        List<ByteBuffer> corpus = new ArrayList<>();
        RandomRecords random = new RandomRecords(new Random(42));
        for (CompressionType codec : CompressionType.values()) {
            BatchForge forge = BatchForge.packing(codec);
            corpus.add(forge.batch(random.records(1, 10)));
            corpus.add(forge.batch(random.records(10, 100)));
            corpus.add(forge.batch(random.records(40, 500)));
            corpus.add(forge.appendTimed().batch(random.records(5, 50)));
            corpus.add(forge.transactional().batch(random.records(5, 50)));
        }
        return corpus;
    }

    /**
     * One to four wounds; most often the checksum is then made to fit, for deeper checks to see.
     */
    private static ByteBuffer mutilate(ByteBuffer good, Random random) {
        ByteBuffer bytes = BatchForge.copy(good);
        for (int wounds = 1 + random.nextInt(4); wounds > 0; wounds--) {
            bytes = wound(bytes, random);
        }
        return bytes.remaining() > BatchHeader.SIZE && random.nextInt(10) > 0
                ? BatchForge.seal(bytes)
                : bytes;
    }

    private static ByteBuffer wound(ByteBuffer bytes, Random random) {
        if (bytes.remaining() < BatchHeader.SIZE) {
            return bytes;
        }
        int anywhere = random.nextInt(bytes.remaining());
        switch (random.nextInt(8)) {
            case 0 -> bytes.put(anywhere, (byte) (bytes.get(anywhere) ^ (1 << random.nextInt(8))));
            case 1 -> bytes.put(anywhere, (byte) random.nextInt());
            case 2 -> bytes.put(anywhere, (byte) -1);
            case 3 -> bytes.put(random.nextInt(BatchHeader.SIZE), (byte) random.nextInt());
            case 4 -> bytes.put(random.nextInt(8), (byte) random.nextInt());
            case 5 -> {
                return BatchForge.copy(bytes.duplicate().limit(anywhere));
            }
            case 6 -> {
                int again = random.nextInt(bytes.remaining() - anywhere);
                return ByteBuffer.allocate(bytes.remaining() + again).put(bytes.duplicate())
                        .put(bytes.slice(anywhere, again)).flip();
            }
            default -> {
                int from = random.nextInt(bytes.remaining());
                int length = Math.min(random.nextInt(16), bytes.remaining() - Math.max(from,
                        anywhere));
                bytes.put(anywhere, BatchForge.copy(bytes.slice(from, length)), 0, length);
            }
        }
        return bytes;
    }
}
