package io.cordwood.kafka;

import io.cordwood.history.batch.Packing;
import io.cordwood.history.read.HistoryMemory;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.ingest.Ingest;
import io.cordwood.ingest.IngestPorts;
import io.cordwood.ingest.IngestSettings;
import io.cordwood.ingest.wal.MemoryWalDisk;
import io.cordwood.ingest.wal.Wal;
import io.cordwood.kafka.cluster.Brokers;
import io.cordwood.kafka.configs.GroupConfigs;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.wire.ApiTable;
import io.cordwood.kafka.wire.ConnectionBounds;
import io.cordwood.kafka.wire.Endpoint;
import io.cordwood.manifest.commit.Candidate;
import io.cordwood.manifest.commit.Committer;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.query.Query;
import io.cordwood.runtime.ByteBudget;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** The real log over a store in memory, on a manual clock, and what is served of it. */
final class LogFixture {

    static final long READ_BYTES_MAX = 64 << 20;

    final ManualEventLoop loop;
    final ByteBudget reads;
    final KafkaLog log;
    final ApiTable apis;
    private final ObjectStore store;
    private final Random random;

    LogFixture() {
        this(new ManualEventLoop());
    }

    private LogFixture(ManualEventLoop loop) {
        this(loop, new MemoryObjectStore(loop::now), 1);
    }

    private LogFixture(ManualEventLoop loop, ObjectStore store, long seed) {
        this.loop = loop;
        this.store = store;
        this.random = new Random(seed);
        this.reads = new ByteBudget(loop,
                new ByteBudget.Settings(READ_BYTES_MAX, 100, Duration.ofSeconds(10)));
        Backoff backoff = Backoff.standard(random);
        ManifestLog manifest = new ManifestLog(store, loop, backoff);
        Follower follower = new Follower(manifest, ManifestState.EMPTY, loop);
        Committer committer = new Committer(follower, manifest, loop, new Candidate(id(), "test"),
                this::id);
        loop.await(committer.elect());
        Wal wal = new Wal(new MemoryWalDisk(id()).open(), loop, new DirectWorkers(),
                BatchLimits.STANDARD);
        Ingest ingest = new Ingest(
                new IngestPorts(loop, store, committer, follower, this::id, backoff), wal,
                IngestSettings.STANDARD);
        loop.await(ingest.start());
        log = new KafkaLog(loop, follower, committer, ingest, new Query(follower, loop, store,
                new HistoryReader(store, new DirectWorkers(), Packing.NONE, HistoryMemory.NONE), 0),
                reads, this::id);
        apis = new ApiTable(Apis.of(log, new Brokers(id(), id(), follower),
                new KafkaSettings(new Endpoint("localhost", 0), Optional.empty(),
                        ConnectionBounds.of(1 << 20), 1 << 20, true, "memory"),
                GroupConfigs.NONE));
    }

    /** A log over a store of which every request takes so long. */
    static LogFixture slow(Duration roundTrip) {
        ManualEventLoop loop = new ManualEventLoop();
        return new LogFixture(loop, new LaggingObjectStore(new MemoryObjectStore(loop::now), loop,
                operation -> roundTrip), 1);
    }

    /** Another process takes over the commit of the same log; this one is not told. */
    LogFixture takeOver() {
        return new LogFixture(loop, store, random.nextLong());
    }

    UUID createTopic(String name) {
        return loop.await(log.propose(new CreateTopic(id(), new TopicName(name), 1)));
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
