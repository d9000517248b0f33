package io.cordwood.server.http.stream;

import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.Parameters;
import io.cordwood.server.http.exchange.RefusedException;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which offset comes next in each of some partitions; written {@code 0:15,1:7}. The id of an event.
 *
 * @param next offsets by partition
 */
public record Positions(SortedMap<Integer, Long> next) {

    public Positions {
        next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
    }

    /** Reads what {@link #toString} wrote. */
    public static Positions parse(String text) {
        SortedMap<Integer, Long> next = new TreeMap<>();
        for (String pair : text.split(",", -1)) {
            int colon = pair.indexOf(':');
            if (colon < 0) {
                throw new RefusedException(ErrorCode.MALFORMED,
                        "a position is written partition:offset,partition:offset and so on");
            }
            int partition = Parameters.partition(pair.substring(0, colon).strip());
            long offset = Parameters.number("an offset", pair.substring(colon + 1).strip());
            if (next.put(partition, offset) != null) {
                throw new RefusedException(ErrorCode.MALFORMED,
                        "partition " + partition + " is given more than once");
            }
        }
        return new Positions(next);
    }

    /** The next offset of a partition, if it is one of these. */
    OptionalLong of(int partition) {
        Long offset = next.get(partition);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    @Override
    public String toString() {
        return next.entrySet().stream().map(Positions::pair).collect(Collectors.joining(","));
    }

    private static String pair(Map.Entry<Integer, Long> entry) {
        return entry.getKey() + ":" + entry.getValue();
    }
}
