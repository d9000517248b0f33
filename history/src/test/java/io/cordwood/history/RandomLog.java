package io.cordwood.history;

import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RandomRecords;
import io.cordwood.store.batch.RecordHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.record.internal.CompressionType;

/**
 * Draws a stretch of a partition with all that may be in one: every codec, offsets without records
 * between and inside batches, records that lack this or repeat that, times out of order or of the
 * append, producers that take turns, transactions that end either way, batches of which nothing is
 * left. The same seed gives the same log.
 */
final class RandomLog {

    private static final int PRODUCERS = 5;

    private final Random random;
    private final RandomRecords records;
    private final List<ByteBuffer> batches = new ArrayList<>();
    private final List<AbortedTransaction> aborted = new ArrayList<>();
    private final Map<Long, Long> transactions = new TreeMap<>();
    private final long baseOffset;
    private long nextOffset;

    private RandomLog(long seed) {
        this.random = new Random(seed);
        this.records = new RandomRecords(random);
        this.baseOffset = random.nextInt(3) * 1_000_000_000_000L + random.nextInt(100);
        this.nextOffset = baseOffset;
    }

    /** A log of about so many batches, their values up to a size in bytes. */
    static RandomLog of(long seed, int batches, int valueSizeMax) {
        RandomLog log = new RandomLog(seed);
        for (int i = 0; i < batches; i++) {
            log.addSomething(valueSizeMax);
        }
        for (long producer : List.copyOf(log.transactions.keySet())) {
            log.endTransaction(producer);
        }
        log.skip(50);
        return log;
    }

    List<ByteBuffer> batches() {
        return batches;
    }

    List<AbortedTransaction> aborted() {
        return aborted;
    }

    long baseOffset() {
        return baseOffset;
    }

    /** After the last batch, and perhaps some more. */
    long nextOffset() {
        return nextOffset;
    }

    /** All its records, as Kafka's own classes read them. */
    List<SeenRecord> seen() {
        return batches.stream().flatMap(batch -> SeenRecord.of(batch).stream()).toList();
    }

    private void addSomething(int valueSizeMax) {
        skip(5);
        long producer = random.nextInt(PRODUCERS);
        switch (random.nextInt(12)) {
            case 0 -> {
                batches.add(BatchSpec.PLAIN.empty(nextOffset, nextOffset + 3));
                nextOffset += 4;
            }
            case 1, 2 -> endTransaction(producer);
            case 3, 4, 5 -> {
                transactions.putIfAbsent(producer, nextOffset);
                fill(spec(producer).inTransaction(), valueSizeMax);
            }
            case 6, 7 -> fill(spec(producer + PRODUCERS), valueSizeMax);
            case 8 -> fill(spec(-1).stamped(), valueSizeMax);
            default -> fill(spec(-1), valueSizeMax);
        }
    }

    private BatchSpec spec(long producer) {
        CompressionType[] codecs = CompressionType.values();
        BatchSpec spec = BatchSpec.PLAIN.with(codecs[random.nextInt(codecs.length)]);
        if (producer < 0) {
            return spec;
        }
        int sequence = random.nextInt(20) == 0
                ? Integer.MAX_VALUE - random.nextInt(10)
                : (int) (nextOffset - baseOffset);
        return spec.of(producer, (int) producer % 3, sequence);
    }

    private void fill(BatchSpec spec, int valueSizeMax) {
        BatchSpec.Filling batch = spec.at(nextOffset);
        int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 100 : 10);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                skip(3);
            }
            batch.add(nextOffset++, record(valueSizeMax));
        }
        long last = nextOffset - 1;
        skip(3);
        batches.add(nextOffset - 1 > last ? batch.endingAt(nextOffset - 1) : batch.build());
    }

    private LogRecord record(int valueSizeMax) {
        LogRecord record = records.record(valueSizeMax);
        List<RecordHeader> headers = new ArrayList<>(record.headers());
        for (int i = random.nextInt(6) == 0 ? random.nextInt(10) : 0; i > 0; i--) {
            headers.add(new RecordHeader("h" + random.nextInt(4), random.nextBoolean()
                    ? Optional.empty()
                    : Optional.of(records.noise(random.nextInt(9)))));
        }
        return new LogRecord(record.timestampMillis(), record.key(), record.value(), headers);
    }

    private void endTransaction(long producer) {
        Optional<Long> first = Optional.ofNullable(transactions.remove(producer));
        if (first.isEmpty()) {
            return;
        }
        boolean committed = random.nextBoolean();
        batches.add(spec(producer).inTransaction().with(CompressionType.NONE).end(nextOffset,
                committed));
        if (!committed) {
            aborted.add(new AbortedTransaction(producer, first.get(), nextOffset));
        }
        nextOffset++;
    }

    /** Leaves out some offsets, now and then. */
    private void skip(int offsetsMax) {
        if (random.nextInt(5) == 0) {
            nextOffset += random.nextInt(offsetsMax + 1);
        }
    }
}
