package io.cordwood.server.log;

import io.cordwood.ingest.Appended;
import io.cordwood.ingest.Ingest;
import io.cordwood.kafka.configs.TopicRules;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.store.batch.BatchEncoder;
import io.cordwood.store.batch.KeyHash;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Packs records into batches by partition, appends them, and tells what became of each record. */
final class RecordAppender {

    private final Ingest ingest;
    private final InstantSource clock;
    private final AtomicInteger turn = new AtomicInteger();

    RecordAppender(Ingest ingest, InstantSource clock) {
        this.ingest = ingest;
        this.clock = clock;
    }

    Future<List<AppendResult>> append(TopicState topic, TopicRules rules,
            List<NewRecord> records) {
        AppendResult[] results = new AppendResult[records.size()];
        List<Future<?>> appends = new ArrayList<>();
        Arrival arrival = new Arrival(clock.millis(), rules, new BatchEncoder(rules.limits()));
        assign(topic, arrival, records, results).forEach((partition, members) -> {
            PartitionId id = new PartitionId(topic.id(), partition);
            List<LogRecord> packed = new ArrayList<>(members.size());
            members.forEach(i -> packed.add(dated(records.get(i).record(), arrival.millis())));
            int first = 0;
            for (ValidBatch batch : arrival.encoder().encode(packed)) {
                List<Integer> inBatch = members.subList(first, first + batch.records());
                appends.add(ingest.append(id, rules.admit(batch, arrival.millis()))
                        .onComplete(done -> note(done, partition, inBatch, results)));
                first += batch.records();
            }
        });
        return Future.join(appends).transform(all -> Future.succeededFuture(List.of(results)));
    }

    /**
     * Which records go to which partition, in order; those that can go nowhere get their result.
     */
    private Map<Integer, List<Integer>> assign(TopicState topic, Arrival arrival,
            List<NewRecord> records, AppendResult[] results) {
        int forKeyless = Math.floorMod(turn.getAndIncrement(), topic.partitionCount());
        Map<Integer, List<Integer>> byPartition = new TreeMap<>();
        for (int i = 0; i < records.size(); i++) {
            try {
                int partition = partition(topic, records.get(i), forKeyless);
                arrival.check(records.get(i).record());
                byPartition.computeIfAbsent(partition, none -> new ArrayList<>()).add(i);
            } catch (RejectedException rejected) {
                results[i] = new AppendResult.Failed(rejected);
            }
        }
        return byPartition;
    }

    private static LogRecord dated(LogRecord record, long arrivalMillis) {
        return record.timestampMillis() == LogRecord.NO_TIMESTAMP
                ? new LogRecord(arrivalMillis, record.key(), record.value(), record.headers())
                : record;
    }

    private static int partition(TopicState topic, NewRecord record, int forKeyless) {
        int count = topic.partitionCount();
        int chosen = record.partition().orElseGet(() -> record.record().key()
                .map(key -> KeyHash.place(key, count)).orElse(forKeyless));
        if (chosen < 0 || chosen >= count) {
            throw new RejectedException(Reason.UNKNOWN_PARTITION,
                    "topic " + topic.name() + " has no partition " + chosen);
        }
        return chosen;
    }

    private static void note(AsyncResult<Appended> done, int partition,
            List<Integer> members, AppendResult[] results) {
        for (int i = 0; i < members.size(); i++) {
            results[members.get(i)] = done.succeeded()
                    ? new AppendResult.Stored(partition, done.result().baseOffset() + i)
                    : new AppendResult.Failed(reason(done.cause()));
        }
    }

    /** When records arrived, and what they come under. */
    private record Arrival(long millis, TopicRules rules, BatchEncoder encoder) {

        /** Throws {@link RejectedException} for a record that the topic does not take. */
        void check(LogRecord record) {
            rules.check(record, millis);
            encoder.check(record);
        }
    }

    /** A failure of a kind that nobody expected proves nothing. */
    private static LogException reason(Throwable cause) {
        return cause instanceof LogException expected
                ? expected
                : new UnknownOutcomeException("the append failed: " + cause, cause);
    }
}
