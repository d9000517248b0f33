package io.cordwood.store.batch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Draws records of every shape that is legal. The same generator gives the same records. */
public final class RandomRecords {

    private static final String[] WORDS = {"oak", "ash", "elm", "birch", "höhe", "", "a b", "日本"};

    private final RandomGenerator random;

    public RandomRecords(RandomGenerator random) {
        this.random = random;
    }

    /** A record of text, its timestamp near a time in 2023. */
    public static LogRecord text(long timestampOffsetMillis, String key, String value) {
        return new LogRecord(1_700_000_000_000L + timestampOffsetMillis, Optional.of(utf8(key)),
                Optional.of(utf8(value)), List.of());
    }

    /** The bytes of a text. */
    public static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** So many records, each of up to about so many bytes. */
    public List<LogRecord> records(int count, int sizeMax) {
        List<LogRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(record(sizeMax));
        }
        return records;
    }

    /** A record of up to about so many bytes, with all that a record may lack or repeat. */
    public LogRecord record(int sizeMax) {
        List<RecordHeader> headers = new ArrayList<>();
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            headers.add(new RecordHeader(word(), content(8)));
        }
        return new LogRecord(timestamp(), content(Math.min(sizeMax / 4, 40)),
                content(sizeMax), headers);
    }

    private long timestamp() {
        return switch (random.nextInt(10)) {
            case 0 -> LogRecord.NO_TIMESTAMP;
            case 1 -> LogRecord.TIMESTAMP_MAX_MILLIS;
            case 2 -> 0;
            default -> 1_700_000_000_000L + random.nextInt(-5_000, 5_000);
        };
    }

    /** Absent, empty, text that compresses, or bytes that do not. */
    private Optional<ByteBuffer> content(int sizeMax) {
        return switch (random.nextInt(5)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(ByteBuffer.allocate(0));
            case 2 -> Optional.of(noise(random.nextInt(sizeMax + 1)));
            default -> Optional.of(text(random.nextInt(sizeMax + 1)));
        };
    }

    /** So many bytes that do not compress. */
    public ByteBuffer noise(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private ByteBuffer text(int size) {
        StringBuilder text = new StringBuilder();
        while (text.length() < size) {
            text.append(word()).append(' ');
        }
        return utf8(text.toString()).limit(size).slice();
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }
}
