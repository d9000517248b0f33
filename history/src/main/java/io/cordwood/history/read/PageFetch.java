package io.cordwood.history.read;

import io.cordwood.history.file.Column;
import io.cordwood.history.file.StoredHistory;
import io.cordwood.history.rows.StoredColumn;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Carries out a plan: reads its ranges, all at once, and finds the pages in them. */
final class PageFetch {

    private PageFetch() {}

    static Future<Map<Column, StoredColumn>> of(ObjectStore store, StoredHistory stored,
            ReadPlan plan) {
        List<Future<ByteBuffer>> reads = new ArrayList<>(plan.ranges().size());
        for (ByteRange range : plan.ranges()) {
            reads.add(get(store, stored, range));
        }
        return Future.all(reads).map(all -> columns(plan, all.list()));
    }

    /** Reads a range, all of it. */
    static Future<ByteBuffer> get(ObjectStore store, StoredHistory stored, ByteRange range) {
        return store.get(stored.key(), range).map(bytes -> {
            if (bytes.remaining() != range.length()) {
                throw new CorruptException(stored + " is shorter than it should be: "
                        + bytes.remaining() + " bytes of " + range);
            }
            return bytes;
        });
    }

    private static Map<Column, StoredColumn> columns(ReadPlan plan, List<ByteBuffer> read) {
        Map<Column, StoredColumn> columns = new EnumMap<>(Column.class);
        plan.columns().forEach((column, pages) -> columns.put(column,
                pages.stored(place -> cut(plan.ranges(), read, place))));
        return columns;
    }

    private static ByteBuffer cut(List<ByteRange> ranges, List<ByteBuffer> read, ByteRange place) {
        int index = 0;
        while (ranges.get(index).end() < place.end()) {
            index++;
        }
        ByteBuffer bytes = read.get(index).slice();
        int position = (int) (place.position() - ranges.get(index).position());
        return bytes.slice(position, place.length());
    }
}
