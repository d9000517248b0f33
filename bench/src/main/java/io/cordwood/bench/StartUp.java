package io.cordwood.bench;

import io.cordwood.manifest.event.EncodedEntry;
import io.cordwood.manifest.log.Checkpoints;
import io.cordwood.manifest.log.ClusterIdentity;
import io.cordwood.manifest.state.CheckpointCodec;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.PoolWorkers;
import io.cordwood.store.object.folder.FolderObjectStore;
import io.vertx.core.Future;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A server's start on a manifest of a million runs, a checkpoint and the most entries that follow
 * one, against its start on an empty bucket; and what a run takes of the heap.
 */
final class StartUp {

    private static final int RUNS = 1_000_000;
    private static final int TAIL_ENTRIES = 900;
    private static final int TAIL_RUNS_MAX = 100_000;
    private static final int STARTS = 3;

    private StartUp() {}

    /** Measures with segments that hold many runs, and with segments that hold few. */
    static void run() throws Exception {
        try (Scratch scratch = Scratch.create()) {
            double empty = start(scratch, scratch.path("empty"));
            new Figure("start-up").with("runs", 0).measured("seconds", empty).print();
            for (int partitions : List.of(1_000, 10)) {
                Path bucket = scratch.path("bucket-" + partitions).toAbsolutePath();
                Figure figure = new Figure("start-up").with("runs", RUNS)
                        .with("runs_per_segment", partitions);
                decode(write(bucket, partitions), figure);
                double seconds = start(scratch, bucket);
                figure.measured("seconds", seconds)
                        .measured("seconds_more_than_empty", seconds - empty).print();
            }
        }
    }

    /** Writes the manifest and returns its checkpoint. */
    private static Written write(Path bucket, int partitions) {
        LargeManifest manifest = new LargeManifest(partitions);
        int tailEntries = Math.min(TAIL_ENTRIES, TAIL_RUNS_MAX / partitions);
        while (manifest.state().sequence() < RUNS / partitions - tailEntries) {
            manifest.commitSegment();
        }
        try (PoolWorkers workers = new PoolWorkers(8)) {
            FolderObjectStore store = FolderObjectStore.open(bucket, workers, new Random(1))
                    .await();
            ClusterIdentity.open(store, new UUID(1, 1)).await();
            ManifestState checkpoint = manifest.state();
            new Checkpoints(store, workers).write(checkpoint).await();
            List<Future<?>> tail = new ArrayList<>();
            for (int i = 0; i < tailEntries; i++) {
                EncodedEntry entry = manifest.commitSegment();
                tail.add(store.putIfAbsent(BucketLayout.logEntry(entry.entry().sequence()),
                        entry.bytes()));
            }
            Future.all(tail).await();
            return new Written(checkpoint.sequence(), CheckpointCodec.encode(checkpoint).copy());
        }
    }

    private static void decode(Written written, Figure figure) {
        CheckpointCodec.decode(written.sequence(), written.checkpoint());
        long before = heapBytes();
        Stopwatch watch = Stopwatch.start();
        ManifestState state = CheckpointCodec.decode(written.sequence(), written.checkpoint());
        double seconds = watch.seconds();
        long after = heapBytes();
        long runs = 0;
        for (TopicState topic : state.topics()) {
            for (int i = 0; i < topic.partitionCount(); i++) {
                runs += topic.partition(i).runCount();
            }
        }
        figure.measured("checkpoint_bytes_per_run",
                (double) written.checkpoint().remaining() / runs)
                .measured("heap_bytes_per_run", (double) (after - before) / runs)
                .measured("decode_seconds", seconds);
    }

    /** What lives on the heap. */
    private static long heapBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** The shortest of some starts, in seconds until the server serves. */
    private static double start(Scratch scratch, Path bucket) throws IOException {
        double shortest = Double.MAX_VALUE;
        for (int i = 0; i < STARTS; i++) {
            try (ServerChild server = ServerChild.start("1g", Map.of("bucket", "file:" + bucket,
                    "local", scratch.path("local").toString()), scratch.path("server.log"))) {
                shortest = Math.min(shortest, server.startSeconds());
            }
        }
        return shortest;
    }

    private record Written(long sequence, ByteBuffer checkpoint) {}
}
