package io.cordwood.simulation.work;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.query.FetchRequest;
import io.cordwood.query.Fetched;
import io.cordwood.query.IsolationLevel;
import io.cordwood.query.Patience;
import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.truth.Content;
import io.cordwood.simulation.truth.PartitionTruth;
import io.cordwood.simulation.truth.PartitionTruth.Placed;
import io.cordwood.simulation.world.World;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.StoredRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads batches as Kafka's consumers do, at either isolation, and leaves out itself what it is told
 * was aborted.
 */
final class Fetches {

    private final World world;
    private long withRecords;

    Fetches(World world) {
        this.world = world;
    }

    /** How many fetches were answered with records. */
    long withRecords() {
        return withRecords;
    }

    /** Fetches from an offset on, and checks what comes. */
    void fetch(Reading reading, long offset, int bytesMax, Duration wait) {
        IsolationLevel[] levels = IsolationLevel.values();
        FetchRequest request = new FetchRequest(reading.id(), offset, bytesMax, true,
                levels[world.chance().nextInt(levels.length)]);
        KafkaLog log = Fleet.nodeOf(reading.from()).kafka();
        log.query().awaitRecords(List.of(request), Patience.ofAnything(wait))
                .compose(waited -> log.reading(bytesMax, () -> log.query().fetch(request)))
                .onComplete(done -> {
                    if (done.failed()) {
                        reading.checkFailure(done.cause(), offset);
                    } else if (reading.isSameTopic()) {
                        check(reading, request, done.result());
                    }
                });
    }

    private void check(Reading reading, FetchRequest request, Fetched fetched) {
        long end = fetched.partition().nextOffset();
        reading.checkEnd(end);
        long stable = reading.truth().lastStableOffset(end);
        world.judge().check(fetched.partition().lastStableOffset() == stable,
                "no transaction is open before the last stable offset, and one is there: %s has %d"
                        + " and not %d",
                reading, fetched.partition().lastStableOffset(), stable);
        long readable = switch (request.isolation()) {
            case READ_UNCOMMITTED -> end;
            case READ_COMMITTED -> stable;
        };
        long next = fetched.nextOffset();
        world.judge().check(request.offset() >= readable
                ? next == request.offset()
                : next > request.offset() && next <= readable,
                "a fetch gives what there is: %s from %d to %d, where %d can be read", reading,
                request.offset(), next, readable);
        checkAborted(reading, request, fetched);
        checkRecords(reading, request, fetched);
    }

    private void checkAborted(Reading reading, FetchRequest request, Fetched fetched) {
        List<AbortedTransaction> expected = switch (request.isolation()) {
            case READ_UNCOMMITTED -> List.of();
            case READ_COMMITTED -> reading.truth().abortedBetween(request.offset(),
                    fetched.nextOffset());
        };
        List<AbortedTransaction> told = fetched.aborted().stream()
                .sorted(Comparator.comparingLong(AbortedTransaction::firstOffset)).toList();
        world.judge().check(told.equals(expected),
                "readers are told what was aborted, and nothing else: %s from %d has %s, not %s",
                reading, request.offset(), told, expected);
    }

    private void checkRecords(Reading reading, FetchRequest request, Fetched fetched) {
        List<Placed> records = new ArrayList<>();
        for (ByteBuffer part : fetched.parts()) {
            for (StoredRecord record : BatchDecoder.records(part, request.offset(),
                    (producer, offset) -> isAborted(fetched, producer, offset))) {
                records.add(new Placed(record.offset(), Content.of(record)));
            }
        }
        PartitionTruth truth = reading.truth();
        List<Placed> expected = switch (request.isolation()) {
            case READ_UNCOMMITTED -> truth.allBetween(request.offset(), fetched.nextOffset());
            case READ_COMMITTED -> truth.committedBetween(request.offset(), fetched.nextOffset());
        };
        world.judge().check(reading.allows(expected, records),
                "a fetch gives the records of its isolation: %s (%s) from %d gave %s, not %s",
                reading, request.isolation(), request.offset(), records, expected);
        withRecords += records.isEmpty() ? 0 : 1;
        world.note("fetch " + records.size() + " from " + request.offset() + " to "
                + fetched.nextOffset() + ", " + request.isolation() + ", from " + reading);
    }

    private static boolean isAborted(Fetched fetched, long producerId, long offset) {
        return fetched.aborted().stream().anyMatch(aborted -> aborted.producerId() == producerId
                && offset >= aborted.firstOffset() && offset <= aborted.lastOffset());
    }
}
