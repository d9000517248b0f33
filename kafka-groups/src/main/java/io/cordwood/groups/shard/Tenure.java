package io.cordwood.groups.shard;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.manifest.commit.WriteGroupRecords;
import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.runtime.Invariant;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * One time that this process writes the records of a shard: from when it took the shard until a
 * write fails, or another process takes it.
 *
 * <p>The coordinator acts on what it writes at once, and answers its clients when that is durable.
 * It counts its records by offsets of its own, which say nothing about the manifest.
 *
 * <p>Writes are made one at a time, under the coordinator's lock of the shard; what becomes of them
 * is told on the log's loop, in their order.
 */
final class Tenure {

    private final KafkaLog log;
    private final GroupShard shard;
    private final long epoch;
    private final Backlog backlog;
    private final Consumer<Throwable> whenLost;
    private final AtomicInteger untold = new AtomicInteger();
    private long endOffset;
    private long writes;
    private Future<Void> last = Future.succeededFuture();
    private volatile boolean over;
    private volatile LongConsumer durable = offset -> {};

    /**
     * A tenure without writes.
     *
     * @param whenLost told once, on the loop, why a write has failed
     */
    Tenure(KafkaLog log, GroupShard shard, Start start, Backlog backlog,
            Consumer<Throwable> whenLost) {
        this.log = log;
        this.backlog = backlog;
        this.shard = shard;
        this.epoch = start.epoch();
        this.endOffset = start.endOffset();
        this.whenLost = whenLost;
    }

    /** From now on told of the offset up to which everything is durable. */
    void onDurable(LongConsumer listener) {
        durable = listener;
    }

    /**
     * Writes records; gives the offset after them, before they are durable.
     *
     * @throws org.apache.kafka.common.errors.CoordinatorNotAvailableException when too much is on
     *         its way; then nothing is written
     */
    long write(List<GroupRecord> records, Optional<WriteGroupRecords.Membership> transaction) {
        long size = records.stream().mapToLong(GroupRecord::size).sum();
        backlog.take(size);
        endOffset += records.size();
        writes++;
        untold.incrementAndGet();
        long end = endOffset;
        WriteGroupRecords proposal = new WriteGroupRecords(shard,
                new WriteGroupRecords.Turn(epoch, writes), records, transaction);
        log.loop().execute(() -> propose(proposal, end)
                .onComplete(done -> backlog.giveBack(size)));
        return end;
    }

    /**
     * Counts a record that says what is durable already: that a transaction has ended. Where
     * nothing before it is on its way that is told at once, so that whoever asks next sees it.
     */
    long skip() {
        endOffset++;
        long end = endOffset;
        if (untold.get() == 0) {
            tell(end);
        } else {
            log.loop().execute(() -> last.onSuccess(done -> tell(end)));
        }
        return end;
    }

    /** Nothing is told any more. Called on the loop. */
    void end() {
        over = true;
    }

    private Future<Void> propose(WriteGroupRecords proposal, long end) {
        last = log.propose(proposal).<Void>mapEmpty();
        return last.onSuccess(done -> tell(end)).onFailure(this::lose)
                .onComplete(done -> untold.decrementAndGet());
    }

    /** A write that failed is over before it counts as told: nothing after it is ever told. */
    private void tell(long end) {
        if (!over) {
            durable.accept(end);
        }
    }

    private void lose(Throwable failure) {
        Invariant.rethrow(failure);
        if (!over) {
            over = true;
            whenLost.accept(failure);
        }
    }

    /**
     * Where a tenure begins.
     *
     * @param epoch under which the shard was taken
     * @param endOffset how many records were loaded
     */
    record Start(long epoch, long endOffset) {}
}
