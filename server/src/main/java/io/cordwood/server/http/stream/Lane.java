package io.cordwood.server.http.stream;

import io.cordwood.server.log.RecordPage;
import io.cordwood.store.batch.StoredRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * One partition of a stream: what was read of it and is still to be sent. At most two pages: one
 * that is sent, and the one after it.
 */
final class Lane {

    private final int partition;
    private final long end;
    private final Deque<StoredRecord> page = new ArrayDeque<>();
    private Optional<RecordPage> following = Optional.empty();
    private long next;
    private long afterPage;
    private long readFrom;
    private boolean reading;
    private boolean cautious;

    /** From an offset on, before another. */
    Lane(int partition, long next, long end) {
        this.partition = partition;
        this.end = end;
        skipTo(next);
    }

    /** From an offset on, for ever. */
    static Lane endless(int partition, long next) {
        return new Lane(partition, next, Long.MAX_VALUE);
    }

    int partition() {
        return partition;
    }

    /** The offset after the last record that was sent. */
    long next() {
        return next;
    }

    /** The first offset that is not wanted. */
    long end() {
        return end;
    }

    /** Whether there is nothing to send. */
    boolean isEmpty() {
        return page.isEmpty();
    }

    /** Whether nothing is to be sent any more. */
    boolean isOver() {
        return page.isEmpty() && !reading && next >= end;
    }

    /** Whether what comes next is being read, or will be, without a turn of the lane. */
    boolean isReading() {
        return reading;
    }

    /** Whether it is time to read what comes next, from {@link #readFrom} on. */
    boolean wantsMore() {
        return !reading && following.isEmpty() && readFrom < end && (page.isEmpty() || !cautious);
    }

    long readFrom() {
        return readFrom;
    }

    /** What comes next is being read. */
    void read() {
        reading = true;
    }

    /** Takes a page that was read from {@link #readFrom} on. */
    void fill(RecordPage read) {
        reading = false;
        cautious = false;
        readFrom = read.nextOffset();
        if (page.isEmpty()) {
            begin(read);
        } else {
            following = Optional.of(read);
        }
    }

    /** The read failed: it is tried again, when what was read before is sent. */
    void readAgain() {
        reading = false;
        cautious = true;
    }

    /** The next record to send. Afterwards it counts as sent. */
    StoredRecord take() {
        StoredRecord record = page.removeFirst();
        next = record.offset() + 1;
        moveOnIfSent();
        return record;
    }

    /** Goes on from another offset: what lies between is not there any more. */
    void skipTo(long offset) {
        reading = false;
        next = offset;
        afterPage = offset;
        readFrom = offset;
    }

    private void begin(RecordPage read) {
        read.records().stream().takeWhile(record -> record.offset() < end).forEach(page::addLast);
        afterPage = read.nextOffset();
        moveOnIfSent();
    }

    /** A page may end with offsets that no record has. */
    private void moveOnIfSent() {
        if (page.isEmpty()) {
            next = afterPage;
            Optional<RecordPage> read = following;
            following = Optional.empty();
            read.ifPresent(this::begin);
        }
    }
}
