package io.cordwood.server.http.tail;

import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.Parameters;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.log.OffsetRange;
import java.util.Locale;

/** Where a tail begins. */
sealed interface Start {

    /** At the first record there is. */
    record Beginning() implements Start {}

    /** At the next record that is appended. */
    record End() implements Start {}

    /** At an offset of the one partition that is followed. */
    record Offset(long offset) implements Start {}

    /**
     * Where each partition is said to go on. A partition that is not mentioned begins at its
     * beginning: it is new since the position was written.
     */
    record At(Positions positions) implements Start {}

    /** Reads {@code beginning}, {@code end}, an offset or positions. */
    static Start parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "beginning" -> new Beginning();
            case "end" -> new End();
            case String positions when positions.contains(":") ->
                new At(Positions.parse(positions));
            default -> new Offset(Parameters.number("from (beginning, end, an offset, or offsets"
                    + " written partition:offset,partition:offset)", text));
        };
    }

    /** The first offset that is wanted of a partition that has these offsets now. */
    default long in(int partition, OffsetRange range) {
        long wanted = switch (this) {
            case Beginning beginning -> range.start();
            case End end -> range.end();
            case Offset given -> given.offset();
            case At given -> given.positions().of(partition).orElse(range.start());
        };
        if (wanted > range.end()) {
            throw new RefusedException(ErrorCode.OFFSET_OUT_OF_RANGE,
                    "partition " + partition + " ends at "
                            + range.end() + ": there is no offset " + wanted + " to go on from");
        }
        return wanted;
    }
}
