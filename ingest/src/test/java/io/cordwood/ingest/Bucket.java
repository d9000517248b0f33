package io.cordwood.ingest;

import io.cordwood.ingest.wal.MemoryWalDisk;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Run;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A bucket in memory that counts, fails and lags as a test wishes, one local disk beside it, and
 * the processes that live on both, one after the other.
 */
final class Bucket {

    final ManualEventLoop loop = new ManualEventLoop();
    final MemoryObjectStore memory = new MemoryObjectStore(() -> Instant.EPOCH);
    final CountingObjectStore requests = new CountingObjectStore(memory);
    final FailingObjectStore faults = new FailingObjectStore(requests, FaultPolicy.none());
    final MemoryWalDisk disk = new MemoryWalDisk(new UUID(1, 1));
    private final ArrayDeque<Duration> putLags = new ArrayDeque<>();
    private final LaggingObjectStore store = new LaggingObjectStore(faults, loop, this::lag);
    private Duration lag = Duration.ZERO;
    private int lives;

    /** From now on every request takes so long. */
    void lag(long millis) {
        lag = Duration.ofMillis(millis);
    }

    /** The next uploads take so long, one after the other. */
    void uploadsTake(long... millis) {
        for (long each : millis) {
            putLags.add(Duration.ofMillis(each));
        }
    }

    private Duration lag(Operation operation) {
        return operation == Operation.PUT && !putLags.isEmpty() ? putLags.removeFirst() : lag;
    }

    /** What the next process is like. */
    Node.Lifetime life() {
        lives++;
        return new Node.Lifetime(lives);
    }

    /** A process that is not started yet. */
    Node node(Node.Lifetime lifetime) {
        return new Node(store, disk, loop, lifetime);
    }

    /** A process on a local disk of its own. */
    Node nodeElsewhere() {
        return new Node(store, new MemoryWalDisk(new UUID(2, lives)), loop, life());
    }

    /** A started process. */
    Node start(Node.Lifetime lifetime) {
        return node(lifetime).started();
    }

    /** A started process of the usual kind. */
    Node start() {
        return start(life());
    }

    /** How many writes of any kind there were. */
    long puts() {
        return requests.calls(Operation.PUT) + requests.calls(Operation.PUT_IF_ABSENT);
    }

    /** The state, as one who knows only the bucket sees it. */
    ManifestState state() {
        ManualEventLoop own = new ManualEventLoop();
        ManifestLog log = new ManifestLog(memory, own, Backoff.standard(new Random(0)));
        return own.await(new Follower(log, ManifestState.EMPTY, own).catchUp());
    }

    /** The values of a partition as "offset value", as one who knows only the bucket reads them. */
    List<String> records(PartitionId partition) {
        List<String> records = new ArrayList<>();
        for (Run run : state().partition(partition).orElseThrow().runs()) {
            ByteBuffer bytes = memory.get(run.key(),
                    run.segment().range(run.position(), run.length())).result();
            assign(bytes, run.baseOffset());
            BatchDecoder.records(bytes, 0).forEach(record -> records.add(record.offset() + " "
                    + text(record.record().value().orElseThrow())));
        }
        return records;
    }

    private static void assign(ByteBuffer batches, long baseOffset) {
        long next = baseOffset;
        for (int position = batches.position(); position < batches.limit();) {
            BatchHeader header = new BatchHeader(batches, position);
            header.assign(next, 0);
            next = header.lastOffset() + 1;
            position += header.batchSize();
        }
    }

    /** The value up to the noise, if there is some. */
    private static String text(ByteBuffer value) {
        return StandardCharsets.ISO_8859_1.decode(value).toString().split("\\|", 2)[0];
    }
}
