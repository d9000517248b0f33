package io.cordwood.simulation.truth;

import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.batch.LogRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A partition as it is: what each offset holds, and which transactions are in it. Since an offset
 * is taken by the end of a transaction too, how far a partition goes says which are open in it.
 */
public final class PartitionTruth {

    private final List<Slot> slots = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private final Map<Long, Integer> open = new HashMap<>();

    PartitionTruth() {}

    /** The offset that comes next. */
    public long end() {
        return slots.size();
    }

    /** The offset before which no transaction is open, when the partition ended there. */
    public long lastStableOffset(long end) {
        return spans.stream().filter(span -> span.isOpenAt(end)).mapToLong(Span::firstOffset)
                .min().orElse(end);
    }

    /** The aborted transactions with an offset from one on, before another, which is stable. */
    public List<AbortedTransaction> abortedBetween(long from, long end) {
        return spans.stream()
                .filter(span -> span.fate() == Fate.ABORTED && from < end
                        && span.firstOffset() < end && span.endOffset() >= from)
                .map(span -> new AbortedTransaction(span.producerId(), span.firstOffset(),
                        span.endOffset()))
                .toList();
    }

    /** All records from an offset on, before another. */
    public List<Placed> allBetween(long from, long end) {
        return between(from, end, false);
    }

    /** Those that do not belong to an aborted or open transaction. */
    public List<Placed> committedBetween(long from, long end) {
        return between(from, end, true);
    }

    /**
     * Whether compaction may leave some records of others: all but those that were aborted, and
     * those of which a later one of their key was committed.
     *
     * @param records some of this partition, in order
     * @param left some of them, or not
     */
    public boolean mayLeave(List<Placed> records, List<Placed> left) {
        List<Placed> gone = new ArrayList<>(records);
        gone.removeAll(left);
        List<Placed> kept = new ArrayList<>(records);
        kept.removeAll(gone);
        return kept.equals(left) && gone.stream().noneMatch(this::isNeeded);
    }

    private boolean isNeeded(Placed record) {
        if (fateAt(record.offset()) == Fate.ABORTED) {
            return false;
        }
        return committedBetween(record.offset() + 1, end()).stream()
                .noneMatch(later -> later.content().hasKeyOf(record.content()))
                || fateAt(record.offset()) == Fate.OPEN;
    }

    private Fate fateAt(long offset) {
        return slots.get((int) offset) instanceof Slot.Member member
                ? spans.get(member.span()).fate()
                : Fate.COMMITTED;
    }

    private List<Placed> between(long from, long end, boolean committed) {
        List<Placed> found = new ArrayList<>();
        for (long offset = from; offset < Math.min(end, end()); offset++) {
            switch (slots.get((int) offset)) {
                case Slot.Plain plain -> found.add(new Placed(offset, plain.content()));
                case Slot.Member member when !committed
                        || spans.get(member.span()).fate() == Fate.COMMITTED ->
                    found
                            .add(new Placed(offset, member.content()));
                case Slot.Member hidden -> {
                }
                case Slot.Marker marker -> {
                }
            }
        }
        return found;
    }

    /** The offset of the first record between two offsets that is at or after a time. */
    public Optional<Long> firstAt(long timestampMillis, long from, long end) {
        for (long offset = from; offset < end; offset++) {
            if (timestampAt(offset) >= timestampMillis) {
                return Optional.of(offset);
            }
        }
        return Optional.empty();
    }

    private long timestampAt(long offset) {
        return switch (slots.get((int) offset)) {
            case Slot.Plain plain -> plain.content().timestampMillis();
            case Slot.Member member -> member.content().timestampMillis();
            case Slot.Marker marker -> LogRecord.NO_TIMESTAMP;
        };
    }

    /** A record comes next that belongs to no transaction. */
    void add(Content content) {
        slots.add(new Slot.Plain(content));
    }

    /** A record comes next that belongs to the producer's open transaction. */
    void add(long producerId, Content content) {
        int span = open.computeIfAbsent(producerId, none -> {
            spans.add(new Span(producerId, end(), Long.MAX_VALUE, Fate.OPEN));
            return spans.size() - 1;
        });
        slots.add(new Slot.Member(content, span));
    }

    /** The end of the producer's open transaction comes next; false if none is open. */
    boolean end(long producerId, boolean committed) {
        Optional<Integer> ended = Optional.ofNullable(open.remove(producerId));
        ended.ifPresent(span -> spans.set(span,
                spans.get(span).end(end(), committed ? Fate.COMMITTED : Fate.ABORTED)));
        slots.add(new Slot.Marker());
        return ended.isPresent();
    }

    /** A record where it is. */
    public record Placed(long offset, Content content) {}

    private enum Fate {
        OPEN, COMMITTED, ABORTED
    }

    /** What an offset holds. */
    private sealed interface Slot {

        record Plain(Content content) implements Slot {}

        /** A record of the transaction at that place among the spans. */
        record Member(Content content, int span) implements Slot {}

        record Marker() implements Slot {}
    }

    /** A transaction, from its first record to its marker. */
    private record Span(long producerId, long firstOffset, long endOffset, Fate fate) {

        boolean isOpenAt(long end) {
            return firstOffset < end && endOffset >= end;
        }

        Span end(long offset, Fate ended) {
            return new Span(producerId, firstOffset, offset, ended);
        }
    }
}
