package io.cordwood.history.read;

import io.cordwood.history.file.Damage;
import io.cordwood.history.file.RecordAttributes;
import io.cordwood.history.rows.RowHeads;
import io.cordwood.runtime.Workers;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.TimedOffset;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds records of a file by their time. Exact, since it looks at the records themselves; the page
 * index says which of them are worth a look. Control records do not count: no reader sees them.
 */
final class TimeSearch {

    private final ObjectStore store;
    private final Workers workers;
    private final HistoryTail tail;
    private final long fromOffset;

    TimeSearch(ObjectStore store, Workers workers, HistoryTail tail, long fromOffset) {
        this.store = store;
        this.workers = workers;
        this.tail = tail;
        this.fromOffset = fromOffset;
    }

    /** The first record that is at or after a time. */
    Future<Optional<TimedOffset>> firstAt(long timestampMillis) {
        return pages().compose(pages -> firstAt(timestampMillis, pages.stream()
                .filter(page -> page.maxTimestampMillis() >= timestampMillis).toList()));
    }

    private Future<Optional<TimedOffset>> firstAt(long timestampMillis, List<TimePage> pages) {
        if (pages.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        return look(pages.getFirst(), heads -> firstAt(heads, timestampMillis))
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found)
                        : firstAt(timestampMillis, pages.subList(1, pages.size())));
    }

    /** The first of those records that have the largest timestamp; empty if none has one. */
    Future<Optional<TimedOffset>> latest() {
        return pages().compose(pages -> latest(Optional.empty(), pages.stream()
                .sorted(Comparator.comparingLong(TimePage::maxTimestampMillis).reversed())
                .toList()));
    }

    private Future<Optional<TimedOffset>> latest(Optional<TimedOffset> best,
            List<TimePage> pages) {
        if (pages.isEmpty()) {
            return Future.succeededFuture(best);
        }
        TimePage page = pages.getFirst();
        List<TimePage> rest = pages.subList(1, pages.size());
        return look(page, this::latest).compose(found -> found
                .filter(it -> best.isEmpty() || isBetter(it, best.get()))
                .map(it -> latest(found, thatMayHoldBetter(rest, page, it)))
                .orElseGet(() -> latest(best, rest)));
    }

    private static boolean isBetter(TimedOffset one, TimedOffset other) {
        return one.timestampMillis() > other.timestampMillis()
                || (one.timestampMillis() == other.timestampMillis()
                        && one.offset() < other.offset());
    }

    private static List<TimePage> thatMayHoldBetter(List<TimePage> pages, TimePage page,
            TimedOffset best) {
        return pages.stream().filter(it -> it.maxTimestampMillis() > best.timestampMillis()
                || (it.maxTimestampMillis() == best.timestampMillis() && it.isBefore(page)))
                .toList();
    }

    private Optional<TimedOffset> firstAt(RowHeads heads, long timestampMillis) {
        for (int row = heads.firstAt(fromOffset); row < heads.count(); row++) {
            if (heads.timestampMillis(row) >= timestampMillis && isSeen(heads, row)) {
                return Optional.of(at(heads, row));
            }
        }
        return Optional.empty();
    }

    private Optional<TimedOffset> latest(RowHeads heads) {
        Optional<TimedOffset> best = Optional.empty();
        long bestMillis = LogRecord.NO_TIMESTAMP;
        for (int row = heads.firstAt(fromOffset); row < heads.count(); row++) {
            if (heads.timestampMillis(row) > bestMillis && isSeen(heads, row)) {
                bestMillis = heads.timestampMillis(row);
                best = Optional.of(at(heads, row));
            }
        }
        return best;
    }

    private static boolean isSeen(RowHeads heads, int row) {
        return !RecordAttributes.isControl(heads.attributes(row));
    }

    private static TimedOffset at(RowHeads heads, int row) {
        return new TimedOffset(heads.offset(row), heads.timestampMillis(row));
    }

    private Future<List<TimePage>> pages() {
        return workers.call(() -> Damage.told(tail.stored(),
                () -> TimePage.from(tail, fromOffset)));
    }

    private Future<Optional<TimedOffset>> look(TimePage page, Look look) {
        return workers.call(() -> Damage.told(tail.stored(), () -> ReadPlan.of(tail,
                page.rowGroup(), page.rows(), RowHeads.COLUMNS)))
                .compose(plan -> PageFetch.of(store, tail.stored(), plan))
                .compose(columns -> workers.call(() -> Damage.told(tail.stored(),
                        () -> look.at(RowHeads.read(columns, page.rows())))));
    }

    /** What is wanted of a page. */
    @FunctionalInterface
    private interface Look {

        Optional<TimedOffset> at(RowHeads heads);
    }
}
