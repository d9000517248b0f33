package io.cordwood.server.log;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.batch.StoredRecord;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A log in memory that keeps the promises of the port: true offsets and timestamps, reads that
 * wait, futures that complete on the caller's context. What it does can be held up, made to fail,
 * and counted. May be used from any thread.
 *
 * <p>Its clock counts calls: a record without a timestamp gets a later one than all before it.
 */
public final class MemoryRecordLog implements RecordLog {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final SortedMap<TopicName, Topic> topics = new TreeMap<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private final Gate appends = new Gate();
    private final Gate reservations = new Gate();
    private Function<NewRecord, Optional<LogException>> rejection = record -> Optional.empty();
    private Optional<LogException> outage = Optional.empty();
    private long clockMillis = 1_000;
    private long topicsCreated;
    private long reservedBytes;
    private long readBytes;
    private int reads;

    public MemoryRecordLog(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public synchronized List<TopicDescription> topics() {
        return topics.values().stream().map(Topic::description).toList();
    }

    @Override
    public Future<TopicDescription> topic(TopicName name) {
        return answer(() -> find(name).description());
    }

    @Override
    public Future<Void> createTopic(TopicName name, int partitions) {
        return answer(() -> create(name, partitions)).mapEmpty();
    }

    @Override
    public Future<Void> deleteTopic(TopicName name) {
        return answer(() -> delete(name)).mapEmpty();
    }

    @Override
    public Future<List<AppendResult>> append(TopicName topic, List<NewRecord> records) {
        Invariant.check(!records.isEmpty(), "an append has records");
        return pass(appends).compose(passed -> answer(() -> appendAll(topic, records)));
    }

    @Override
    public synchronized Future<RecordPage> read(TopicName topic, int partition,
            ReadRequest request) {
        reads++;
        Promise<RecordPage> promise = Promise.promise();
        Waiter waiter = new Waiter(topic, partition, request, caller(), promise);
        if (!serve(waiter)) {
            waiters.add(waiter);
            vertx.setTimer(request.waitMax().toMillis(), late -> giveUp(waiter));
        }
        notifyAll();
        return promise.future();
    }

    @Override
    public Future<OffsetRange> offsets(TopicName topic, int partition) {
        return answer(() -> find(topic, partition).range());
    }

    @Override
    public Future<OptionalLong> offsetAt(TopicName topic, int partition, long timestampMillis) {
        return answer(() -> find(topic, partition).offsetAt(timestampMillis));
    }

    @Override
    public Future<Void> reserve(long bytes) {
        return pass(reservations).compose(passed -> answer(() -> {
            reservedBytes += bytes;
            return bytes;
        })).mapEmpty();
    }

    @Override
    public synchronized void release(long bytes) {
        Invariant.check(bytes <= reservedBytes, "only what was reserved is released");
        reservedBytes -= bytes;
        notifyAll();
    }

    /** The gate that appends go through. */
    public Gate appends() {
        return appends;
    }

    /** The gate that reservations go through. */
    public Gate reservations() {
        return reservations;
    }

    /** From now on everything fails, until {@link #recover}. */
    public synchronized void breakDown(LogException failure) {
        outage = Optional.of(failure);
        List.copyOf(waiters).forEach(this::serveAndForget);
    }

    /** Nothing fails any more. */
    public synchronized void recover() {
        outage = Optional.empty();
    }

    /** From now on the records of which this returns a failure are not appended. */
    public synchronized void reject(Function<NewRecord, Optional<LogException>> newRejection) {
        rejection = newRejection;
    }

    /** Deletes the records of a partition before an offset. */
    public synchronized void trim(TopicName topic, int partition, long start) {
        find(topic, partition).trim(start);
    }

    /** Leaves out offsets at the end of a partition. */
    public synchronized void leaveGap(TopicName topic, int partition, long offsets) {
        find(topic, partition).leaveGap(offsets);
    }

    /** Bytes that are reserved now. */
    public synchronized long reservedBytes() {
        return reservedBytes;
    }

    /** Reads that were asked for so far. */
    public synchronized int reads() {
        return reads;
    }

    /** Reads that wait for records now. */
    public synchronized int waitingReads() {
        return waiters.size();
    }

    /** Bytes of keys and values that were read so far. */
    public synchronized long readBytes() {
        return readBytes;
    }

    /** Waits until something holds of this log. */
    public synchronized void await(Predicate<MemoryRecordLog> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(this)) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new AssertionError("this did not come to be in " + PATIENCE);
            }
            try {
                wait(leftMillis);
            } catch (InterruptedException interrupted) {
                throw new AssertionError("interrupted while waiting", interrupted);
            }
        }
    }

    private TopicDescription create(TopicName name, int partitions) {
        if (partitions < 1 || partitions > 10_000) {
            throw new RejectedException(Reason.INVALID_REQUEST,
                    "a topic has 1 to 10,000 partitions, not " + partitions);
        }
        if (topics.containsKey(name)) {
            throw new RejectedException(Reason.TOPIC_EXISTS, "topic " + name + " exists");
        }
        topicsCreated++;
        TopicDescription description = new TopicDescription(new UUID(0, topicsCreated), name,
                partitions);
        topics.put(name, new Topic(description,
                Stream.generate(MemoryPartition::new).limit(partitions).toList()));
        return description;
    }

    private TopicDescription delete(TopicName name) {
        Topic deleted = find(name);
        topics.remove(name);
        List.copyOf(waiters).forEach(this::serveAndForget);
        return deleted.description();
    }

    private List<AppendResult> appendAll(TopicName name, List<NewRecord> records) {
        Topic topic = find(name);
        int keyless = (int) (clockMillis % topic.partitions().size());
        List<AppendResult> results = records.stream().map(record -> append(topic, record, keyless))
                .toList();
        List.copyOf(waiters).forEach(this::serveAndForget);
        return results;
    }

    private AppendResult append(Topic topic, NewRecord record, int keyless) {
        Optional<LogException> rejected = rejection.apply(record);
        if (rejected.isPresent()) {
            return new AppendResult.Failed(rejected.get());
        }
        int partition = record.partition().orElseGet(() -> record.record().key()
                .map(key -> Math.floorMod(key.hashCode(), topic.partitions().size()))
                .orElse(keyless));
        if (partition >= topic.partitions().size()) {
            return new AppendResult.Failed(unknownPartition(topic, partition));
        }
        clockMillis++;
        return new AppendResult.Stored(partition,
                topic.partitions().get(partition).append(record.record(), clockMillis));
    }

    private void serveAndForget(Waiter waiter) {
        if (serve(waiter)) {
            waiters.remove(waiter);
        }
    }

    private synchronized void giveUp(Waiter waiter) {
        if (waiters.remove(waiter)) {
            complete(waiter, attempt(() -> find(waiter.topic(), waiter.partition())
                    .read(waiter.request())));
        }
    }

    private boolean serve(Waiter waiter) {
        Future<RecordPage> page = attempt(
                () -> find(waiter.topic(), waiter.partition()).read(waiter.request()));
        boolean waits = page.succeeded() && page.result().records().isEmpty()
                && waiter.request().waitMax().isPositive();
        if (!waits) {
            complete(waiter, page);
        }
        return !waits;
    }

    private void complete(Waiter waiter, Future<RecordPage> page) {
        if (page.succeeded()) {
            for (StoredRecord record : page.result().records()) {
                readBytes += MemoryPartition.size(record);
            }
        }
        waiter.caller().runOnContext(now -> page.onComplete(waiter.promise()));
        notifyAll();
    }

    private Topic find(TopicName name) {
        Topic topic = topics.get(name);
        if (topic == null) {
            throw new RejectedException(Reason.UNKNOWN_TOPIC, "there is no topic " + name);
        }
        return topic;
    }

    private MemoryPartition find(TopicName name, int partition) {
        Topic topic = find(name);
        if (partition < 0 || partition >= topic.partitions().size()) {
            throw unknownPartition(topic, partition);
        }
        return topic.partitions().get(partition);
    }

    private static RejectedException unknownPartition(Topic topic, int partition) {
        return new RejectedException(Reason.UNKNOWN_PARTITION,
                "topic " + topic.description().name() + " has no partition " + partition);
    }

    private Context caller() {
        return vertx.getOrCreateContext();
    }

    private Future<Void> pass(Gate gate) {
        Context caller = caller();
        Promise<Void> promise = Promise.promise();
        Future<Void> passed = gate.pass();
        if (!passed.isComplete()) {
            passed.onComplete(done -> caller.runOnContext(now -> promise.handle(done)));
            awakenObservers();
            return promise.future();
        }
        return passed;
    }

    private synchronized void awakenObservers() {
        notifyAll();
    }

    private <T> Future<T> answer(Supplier<T> work) {
        Context caller = caller();
        Promise<T> promise = Promise.promise();
        Future<T> outcome = attempt(work);
        caller.runOnContext(now -> outcome.onComplete(promise));
        return promise.future();
    }

    private synchronized <T> Future<T> attempt(Supplier<T> work) {
        try {
            if (outage.isPresent()) {
                throw outage.get();
            }
            return Future.succeededFuture(work.get());
        } catch (LogException failure) {
            return Future.failedFuture(failure);
        } finally {
            notifyAll();
        }
    }

    private record Topic(TopicDescription description, List<MemoryPartition> partitions) {}

    private record Waiter(TopicName topic, int partition, ReadRequest request, Context caller,
            Promise<RecordPage> promise) {}
}
