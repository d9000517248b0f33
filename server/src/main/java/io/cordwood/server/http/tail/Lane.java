package io.cordwood.server.http.tail;

import io.cordwood.server.log.RecordPage;
import io.cordwood.store.batch.StoredRecord;
import java.util.ArrayDeque;
import java.util.Deque;

/** One partition of a tail: what was read of it and is still to be sent. At most one page. */
final class Lane {

    private final int partition;
    private final Deque<StoredRecord> page = new ArrayDeque<>();
    private long next;
    private long afterPage;

    Lane(int partition, long next) {
        this.partition = partition;
        this.next = next;
        this.afterPage = next;
    }

    int partition() {
        return partition;
    }

    /** The offset after the last record that was sent. */
    long next() {
        return next;
    }

    boolean isEmpty() {
        return page.isEmpty();
    }

    /** Takes a page that was read from {@link #next} on. */
    void fill(RecordPage read) {
        page.addAll(read.records());
        afterPage = read.nextOffset();
        moveOnIfSent();
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
        next = offset;
        afterPage = offset;
    }

    /** A page may end with offsets that no record has. */
    private void moveOnIfSent() {
        if (page.isEmpty()) {
            next = afterPage;
        }
    }
}
