package io.cordwood.server.http.v2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.AllocationBound;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.http.exchange.RequestBounds;
import io.cordwood.server.log.NewRecord;
import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.BatchEncoder;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.StoredRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever body is sent is refused; or it is stored as it was meant, shown, and taken again. */
class ProduceBodyFuzzTest {

    private static final int ITEMS_MAX = 100;
    private static final long TIMESTAMP_MILLIS = 7;
    private static final String HEAD = "{\"topic\":\"t\",";
    private static final RequestBounds BOUNDS = new RequestBounds(1 << 20, ITEMS_MAX,
            Duration.ofSeconds(1));
    private static final BatchEncoder ENCODER = new BatchEncoder(
            new BatchLimits(16 << 20, 64 << 20));

    static Stream<Arguments> seeds() {
        return Stream.of(
                arguments(named("all members", """
                        {"records": [{"headers": [{"value": "YQ==", "key": "h"}, {"key": "n"}],
                          "timestamp": 7, "partition": 3, "value": "Yg==", "key": "Yw=="}],
                         "key_schema_id": null, "value_schema": null}""".getBytes(UTF_8))),
                arguments(named("embedded JSON", """
                        {"records": [{"key": {"a": [1, -2.5e7, true, null]}, "value": "b\\u00e4"},
                          {"value": null, "headers": [{"key": "\\ud83d\\udca7"}]}]}"""
                        .getBytes(UTF_8))),
                arguments(named("half a character in a header", """
                        {"records": [{"headers": [{"key": "\\ud83d"}]}]}""".getBytes(UTF_8))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsTakenIsStoredShownAndTakenAgain(byte[] input) {
        for (EmbeddedFormat format : EmbeddedFormat.values()) {
            judge(format, input);
        }
    }

    private static void judge(EmbeddedFormat format, byte[] body) {
        AllocationBound bound = new AllocationBound((1 << 20) + 64L * body.length);

        Optional<List<NewRecord>> taken = bound.hold(() -> parse(format, body));

        if (taken.isPresent()) {
            List<LogRecord> records = taken.get().stream().map(NewRecord::record)
                    .map(ProduceBodyFuzzTest::dated).toList();
            assertThat(records.stream().mapToInt(record -> 1 + record.headers().size()).sum())
                    .isLessThanOrEqualTo(ITEMS_MAX);
            List<StoredRecord> stored = stored(records);
            assertThat(stored.stream().map(StoredRecord::record).toList()).isEqualTo(records);
            stored.forEach(record -> assertTakenAgain(format, record));
        }
    }

    private static void assertTakenAgain(EmbeddedFormat format, StoredRecord stored) {
        byte[] shown = new RecordJson(new TopicName("t"), format).of(0, stored);

        assertThat(StrictJson.isOneValue(shown, 0, shown.length)).isTrue();
        assertThat(new String(shown, ISO_8859_1)).doesNotContain("\n", "\r");
        assertThat(parse(format, asSent(shown, stored.offset()))).contains(
                List.of(new NewRecord(OptionalInt.of(0), onOneLine(format, stored.record()))));
    }

    /** A body with what was shown of a record, without what a producer cannot say. */
    private static byte[] asSent(byte[] shown, long offset) {
        StringBuilder record = new StringBuilder(new String(shown, ISO_8859_1));
        String member = "\"offset\":" + offset + ",";
        int position = record.lastIndexOf(member);
        record.delete(position, position + member.length()).replace(0, HEAD.length(), "{");
        return ("{\"records\":[" + record + "]}").getBytes(ISO_8859_1);
    }

    private static LogRecord dated(LogRecord record) {
        return record.timestampMillis() == LogRecord.NO_TIMESTAMP
                ? new LogRecord(TIMESTAMP_MILLIS, record.key(), record.value(), record.headers())
                : record;
    }

    private static LogRecord onOneLine(EmbeddedFormat format, LogRecord record) {
        return format == EmbeddedFormat.BINARY
                ? record
                : new LogRecord(record.timestampMillis(),
                        record.key().map(ProduceBodyFuzzTest::onOneLine),
                        record.value().map(ProduceBodyFuzzTest::onOneLine), record.headers());
    }

    private static ByteBuffer onOneLine(ByteBuffer json) {
        String text = ISO_8859_1.decode(json.duplicate()).toString();
        return ISO_8859_1.encode(text.replace('\n', ' ').replace('\r', ' '));
    }

    private static List<StoredRecord> stored(List<LogRecord> records) {
        return ENCODER.encode(records).stream()
                .flatMap(batch -> BatchDecoder.records(batch.bytes(), 0).stream()).toList();
    }

    private static Optional<List<NewRecord>> parse(EmbeddedFormat format, byte[] body) {
        try {
            return Optional.of(new ProduceBody(body, format, BOUNDS).records(OptionalInt.empty()));
        } catch (RefusedException refused) {
            return Optional.empty();
        }
    }
}
