package io.cordwood.server.http.stream;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.Parameters;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.log.OffsetRange;
import io.cordwood.server.log.RecordLog;
import io.vertx.core.Future;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.OptionalLong;

/** Where in each of its partitions a stream begins or ends. */
sealed interface Place {

    /** At the first record at or after a time. */
    record AtTime(long timestampMillis) implements Place {}

    /** A place that says itself which offset it is. */
    sealed interface Fixed extends Place {

        /**
         * The offset of a partition that has these offsets now; empty if the place says nothing of
         * it.
         */
        default OptionalLong in(int partition, OffsetRange range) {
            return switch (this) {
                case Beginning beginning -> OptionalLong.of(range.start());
                case End end -> OptionalLong.of(range.end());
                case Offset given -> OptionalLong.of(given.offset());
                case At given -> given.positions().of(partition);
            };
        }

        /** The first offset that is wanted, where a stream begins here. */
        default long startIn(int partition, OffsetRange range) {
            long wanted = in(partition, range).orElse(range.start());
            if (wanted > range.end()) {
                throw new RefusedException(ErrorCode.OFFSET_OUT_OF_RANGE,
                        "partition " + partition + " ends at " + range.end()
                                + ": there is no offset " + wanted + " to go on from");
            }
            return wanted;
        }

        /** The first offset that is not wanted, where a stream ends here, or where all ends. */
        default long endIn(int partition, OffsetRange range) {
            return Math.min(range.end(), in(partition, range).orElse(range.end()));
        }
    }

    /** At the first record there is. */
    record Beginning() implements Fixed {}

    /** At the next record that is appended. */
    record End() implements Fixed {}

    /** At an offset of the one partition that is read. */
    record Offset(long offset) implements Fixed {}

    /**
     * At an offset of each partition that is mentioned. Of one that is not, a stream begins at the
     * beginning, for it is new since the position was written, and ends at the end.
     */
    record At(Positions positions) implements Fixed {}

    /** Reads {@code beginning}, {@code end}, an offset, positions or a time. */
    static Place parse(String name, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "beginning" -> new Beginning();
            case "end" -> new End();
            case String time when time.matches("[0-9]{4}-.*") -> new AtTime(time(name, text));
            case String positions when positions.contains(":") -> new At(Positions.parse(text));
            default -> new Offset(Parameters.number(name + " (beginning, end, an offset, offsets"
                    + " written partition:offset,partition:offset, or a time)", text));
        };
    }

    private static long time(String name, String text) {
        try {
            return Math.max(0, OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException wrong) {
            throw new RefusedException(ErrorCode.MALFORMED,
                    name + " is a time such as 2026-11-21T10:00:00Z, if it is one");
        }
    }

    /** The same place of a partition, by its offset if it is a time. */
    default Future<Fixed> fix(RecordLog log, TopicName topic, int partition) {
        return switch (this) {
            case Fixed fixed -> Future.succeededFuture(fixed);
            case AtTime time -> log.offsetAt(topic, partition, time.timestampMillis())
                    .map(found -> found.isPresent() ? new Offset(found.getAsLong()) : new End());
        };
    }
}
