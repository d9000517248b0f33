package io.cordwood.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.history.batch.Packing;
import io.cordwood.history.write.AppendOutcome;
import io.cordwood.history.write.AppendOutcome.Appended;
import io.cordwood.history.write.AppendOutcome.Unconvertible;
import io.cordwood.history.write.HistoryWriter;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.batch.BatchForge;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.RandomRecords;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.Test;

/** Batches as no honest client makes them, nor our own log: they do no harm to a file. */
class HistoryWriterMutationTest {

    private static final List<ByteBuffer> CORPUS = corpus();

    @Test
    void whateverABatchIsItIsTakenAsItIsOrRefused() {
        int taken = 0;
        int refused = 0;
        for (long seed = 1; seed <= 1_000; seed++) {
            Random random = new Random(seed);
            ByteBuffer batch = mutilated(CORPUS.get(random.nextInt(CORPUS.size())), random);
            HistoryWriter writer = new HistoryWriter(Shelf.SOURCE, 0, List.of(), Shelf.SMALL);

            Optional<AppendOutcome> outcome = appended(writer, batch, seed);

            taken += outcome.filter(it -> it instanceof Appended).isPresent() ? 1 : 0;
            refused += outcome.filter(it -> it instanceof Unconvertible).isPresent() ? 1 : 0;
            if (outcome.filter(it -> it instanceof Appended).isPresent()) {
                Shelf shelf = Shelf.holding(writer.finish(writer.nextOffset()), Packing.NONE);
                assertThat(shelf.readFrom(0, 10_000)).as("seed %d", seed)
                        .isEqualTo(SeenRecord.of(batch));
            }
        }
        assertThat(taken).isGreaterThan(100);
        assertThat(refused).isGreaterThan(100);
    }

    private static Optional<AppendOutcome> appended(HistoryWriter writer, ByteBuffer batch,
            long seed) {
        try {
            return Optional.of(writer.append(batch));
        } catch (CorruptException expected) {
            return Optional.empty();
        } catch (RuntimeException | Error other) {
            throw new AssertionError("seed " + seed, other);
        }
    }

    private static List<ByteBuffer> corpus() {
        List<ByteBuffer> corpus = new ArrayList<>();
        RandomRecords random = new RandomRecords(new Random(42));
        for (CompressionType codec : CompressionType.values()) {
            BatchForge forge = BatchForge.packing(codec);
            corpus.add(forge.batch(random.records(10, 100)));
            corpus.add(forge.appendTimed().batch(random.records(5, 50)));
            corpus.add(forge.transactional().batch(random.records(5, 50)));
            corpus.add(forge.idempotent().batch(random.records(5, 50)));
        }
        corpus.add(BatchForge.packing(CompressionType.NONE).control()
                .batch(random.records(1, 10)));
        return corpus;
    }

    /** One to three wounds, the checksum made to fit, so that what is deeper sees them. */
    private static ByteBuffer mutilated(ByteBuffer good, Random random) {
        ByteBuffer bytes = BatchForge.copy(good);
        for (int wounds = 1 + random.nextInt(3); wounds > 0; wounds--) {
            int anywhere = BatchHeader.SIZE_KNOWN_AFTER
                    + random.nextInt(bytes.remaining() - BatchHeader.SIZE_KNOWN_AFTER);
            switch (random.nextInt(4)) {
                case 0 -> bytes.put(anywhere, (byte) random.nextInt());
                case 1 -> bytes.put(anywhere, (byte) -1);
                case 2 -> bytes.put(16 + random.nextInt(BatchHeader.SIZE - 16),
                        (byte) random.nextInt());
                default -> bytes.put(anywhere,
                        (byte) (bytes.get(anywhere) ^ 1 << random.nextInt(8)));
            }
        }
        return BatchForge.seal(bytes);
    }
}
