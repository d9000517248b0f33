package io.cordwood.server.grpc;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.server.log.AppendResult;
import io.cordwood.server.log.NewRecord;
import io.cordwood.server.log.OffsetRange;
import io.cordwood.server.log.ReadRequest;
import io.cordwood.server.log.RecordLog;
import io.cordwood.server.log.RecordPage;
import io.cordwood.server.log.TopicDescription;
import io.cordwood.server.vertx.CallerContext;
import io.cordwood.store.batch.StoredRecord;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A log in memory whose appends wait, fail and are refused room as a test says. Thread-safe. */
public final class ScriptedLog implements RecordLog {

    private final Map<TopicName, List<List<StoredRecord>>> topics = new TreeMap<>();
    private final ArrayDeque<Promise<Void>> waitingAppends = new ArrayDeque<>();
    private final ArrayDeque<Promise<Void>> waitingReservations = new ArrayDeque<>();
    private final List<Promise<Void>> waitingReads = new ArrayList<>();
    private final ArrayDeque<Optional<LogException>> appendOutcomes = new ArrayDeque<>();
    private Optional<RuntimeException> failure = Optional.empty();
    private Optional<RuntimeException> readFailure = Optional.empty();
    private UnaryOperator<List<AppendResult>> results = UnaryOperator.identity();
    private boolean appendsWait;
    private boolean reservationsWait;
    private long reservedBytes;
    private int reads;

    /**
     * Lets appends wait from now on until {@link #finishOldestAppend} or {@link #finishAppends}.
     */
    public synchronized void holdAppends() {
        appendsWait = true;
    }

    public void finishOldestAppend() {
        Promise<Void> oldest;
        synchronized (this) {
            oldest = waitingAppends.removeFirst();
        }
        oldest.complete();
    }

    /** Finishes the newest append before all others. */
    public void finishNewestAppend() {
        Promise<Void> newest;
        synchronized (this) {
            newest = waitingAppends.removeLast();
        }
        newest.complete();
    }

    public void finishAppends() {
        List<Promise<Void>> all;
        synchronized (this) {
            appendsWait = false;
            all = List.copyOf(waitingAppends);
            waitingAppends.clear();
        }
        all.forEach(Promise::complete);
    }

    public synchronized void holdReservations() {
        reservationsWait = true;
    }

    public void grantReservations() {
        List<Promise<Void>> all;
        synchronized (this) {
            reservationsWait = false;
            all = List.copyOf(waitingReservations);
            waitingReservations.clear();
        }
        all.forEach(Promise::complete);
    }

    public void refuseReservations(LogException reason) {
        List<Promise<Void>> all;
        synchronized (this) {
            all = List.copyOf(waitingReservations);
            waitingReservations.clear();
        }
        all.forEach(promise -> promise.fail(reason));
    }

    /** Lets so many appends succeed, and the one after them fail. */
    public synchronized void failAppendAfter(int appends, LogException reason) {
        for (int i = 0; i < appends; i++) {
            appendOutcomes.addLast(Optional.empty());
        }
        appendOutcomes.addLast(Optional.of(reason));
    }

    /** What every call fails with from now on. */
    public synchronized void fail(RuntimeException reason) {
        failure = Optional.of(reason);
    }

    /** What every read fails with, but for those that wait already. */
    public synchronized void failReadsAfterThis(RuntimeException reason) {
        readFailure = Optional.of(reason);
    }

    public synchronized void changeResults(UnaryOperator<List<AppendResult>> change) {
        results = change;
    }

    public synchronized int waitingAppends() {
        return waitingAppends.size();
    }

    /** Returns when so many appends wait. */
    public synchronized void awaitWaitingAppends(int appends) throws InterruptedException {
        while (waitingAppends.size() < appends) {
            wait();
        }
    }

    /** Returns when so many requests wait for room. */
    public synchronized void awaitWaitingReservations(int requests) throws InterruptedException {
        while (waitingReservations.size() < requests) {
            wait();
        }
    }

    /** Returns when so many readers wait for records. */
    public synchronized void awaitWaitingReads(int readers) throws InterruptedException {
        while (waitingReads.size() < readers) {
            wait();
        }
    }

    public synchronized long reservedBytes() {
        return reservedBytes;
    }

    public synchronized int reads() {
        return reads;
    }

    public synchronized List<StoredRecord> records(String topic, int partition) {
        return List.copyOf(partitions(new TopicName(topic)).get(partition));
    }

    @Override
    public synchronized List<TopicDescription> topics() {
        failure.ifPresent(reason -> {
            throw reason;
        });
        return topics.keySet().stream().map(this::describe).toList();
    }

    @Override
    public synchronized Future<TopicDescription> topic(TopicName name) {
        return known(name).map(found -> describe(name));
    }

    @Override
    public synchronized Future<Void> createTopic(TopicName name, int partitions) {
        if (failure.isPresent()) {
            return Future.failedFuture(failure.get());
        }
        if (topics.containsKey(name)) {
            return rejected(Reason.TOPIC_EXISTS, "there is a topic " + name);
        }
        if (partitions < 1) {
            return rejected(Reason.INVALID_REQUEST, "a topic has 1 to 10,000 partitions");
        }
        List<List<StoredRecord>> empty = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            empty.add(new ArrayList<>());
        }
        topics.put(name, empty);
        return Future.succeededFuture();
    }

    @Override
    public synchronized Future<Void> deleteTopic(TopicName name) {
        return known(name).map(found -> {
            topics.remove(name);
            return null;
        });
    }

    @Override
    public synchronized Future<List<AppendResult>> append(TopicName topic,
            List<NewRecord> records) {
        return known(topic).compose(partitions -> {
            Optional<LogException> outcome = appendOutcomes.isEmpty()
                    ? Optional.empty()
                    : appendOutcomes.removeFirst();
            List<AppendResult> stored = outcome.isPresent()
                    ? List.of()
                    : results.apply(store(partitions, records));
            Promise<Void> turn = Promise.promise();
            if (appendsWait) {
                waitingAppends.addLast(turn);
                notifyAll();
            } else {
                turn.complete();
            }
            return CallerContext.current().bring(turn.future().compose(done -> outcome.isPresent()
                    ? Future.failedFuture(outcome.get())
                    : Future.succeededFuture(stored)));
        });
    }

    @Override
    public synchronized Future<RecordPage> read(TopicName topic, int partition,
            ReadRequest request) {
        reads++;
        if (readFailure.isPresent()) {
            return Future.failedFuture(readFailure.get());
        }
        return known(topic).compose(all -> partition(all, partition)).compose(records -> {
            if (request.offset() < 0 || request.offset() > records.size()) {
                return rejected(Reason.OFFSET_OUT_OF_RANGE, "the partition has the offsets 0 to "
                        + records.size());
            }
            if (request.offset() < records.size() || request.waitMax().isZero()) {
                return Future.succeededFuture(page(records, request));
            }
            Promise<Void> more = Promise.promise();
            waitingReads.add(more);
            notifyAll();
            return CallerContext.current().bring(more.future().map(done -> page(records, request)));
        });
    }

    @Override
    public synchronized Future<OffsetRange> offsets(TopicName topic, int partition) {
        return known(topic).compose(all -> partition(all, partition))
                .map(records -> new OffsetRange(0, records.size()));
    }

    @Override
    public synchronized Future<OptionalLong> offsetAt(TopicName topic, int partition,
            long timestampMillis) {
        return known(topic).compose(all -> partition(all, partition))
                .map(records -> records.stream()
                        .filter(record -> record.record().timestampMillis() >= timestampMillis)
                        .mapToLong(StoredRecord::offset).findFirst());
    }

    @Override
    public synchronized Future<Void> reserve(long bytes) {
        Promise<Void> turn = Promise.promise();
        if (reservationsWait) {
            waitingReservations.addLast(turn);
            notifyAll();
        } else {
            turn.complete();
        }
        return CallerContext.current().bring(turn.future().onSuccess(done -> {
            synchronized (this) {
                reservedBytes += bytes;
            }
        }));
    }

    @Override
    public synchronized void release(long bytes) {
        reservedBytes -= bytes;
    }

    private List<AppendResult> store(List<List<StoredRecord>> partitions, List<NewRecord> records) {
        List<AppendResult> stored = new ArrayList<>();
        for (NewRecord record : records) {
            int partition = record.partition().orElse(0);
            if (partition < 0 || partition >= partitions.size()) {
                stored.add(new AppendResult.Failed(new RejectedException(Reason.UNKNOWN_PARTITION,
                        "there is no partition " + partition)));
                continue;
            }
            List<StoredRecord> log = partitions.get(partition);
            log.add(new StoredRecord(log.size(), record.record()));
            stored.add(new AppendResult.Stored(partition, log.size() - 1));
        }
        List<Promise<Void>> readers = List.copyOf(waitingReads);
        waitingReads.clear();
        readers.forEach(Promise::complete);
        return stored;
    }

    private synchronized RecordPage page(List<StoredRecord> records, ReadRequest request) {
        List<StoredRecord> page = new ArrayList<>();
        long bytes = 0;
        for (StoredRecord record : records.subList((int) request.offset(), records.size())) {
            bytes += record.record().value().map(ByteBuffer::remaining).orElse(0);
            if (bytes > request.bytesMax() && !page.isEmpty()) {
                break;
            }
            page.add(record);
        }
        return new RecordPage(page, request.offset() + page.size(),
                new OffsetRange(0, records.size()));
    }

    private List<List<StoredRecord>> partitions(TopicName name) {
        return topics.getOrDefault(name, List.of());
    }

    private TopicDescription describe(TopicName name) {
        return new TopicDescription(new UUID(0, 7), name, partitions(name).size());
    }

    private Future<List<List<StoredRecord>>> known(TopicName name) {
        if (failure.isPresent()) {
            return Future.failedFuture(failure.get());
        }
        List<List<StoredRecord>> partitions = topics.get(name);
        return partitions == null
                ? rejected(Reason.UNKNOWN_TOPIC, "there is no topic " + name)
                : Future.succeededFuture(partitions);
    }

    private static Future<List<StoredRecord>> partition(List<List<StoredRecord>> all, int number) {
        return number < 0 || number >= all.size()
                ? rejected(Reason.UNKNOWN_PARTITION, "there is no partition " + number)
                : Future.succeededFuture(all.get(number));
    }

    private static <T> Future<T> rejected(Reason reason, String message) {
        return Future.failedFuture(new RejectedException(reason, message));
    }
}
