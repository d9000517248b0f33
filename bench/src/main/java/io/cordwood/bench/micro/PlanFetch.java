package io.cordwood.bench.micro;

import io.cordwood.bench.LargeManifest;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.query.plan.FetchPlan;
import io.cordwood.query.plan.Start;
import io.cordwood.store.segment.PartitionId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Finds an offset in a partition of many runs, and plans the read of some bytes from it on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class PlanFetch {

    private static final int RUNS = 100_000;

    /** How many bytes are wanted: of a part of a run, and of many runs. */
    @Param({"4096", "262144"})
    public int bytesMax;

    private ManifestState state = ManifestState.EMPTY;
    private PartitionId partition = new LargeManifest(1).partition(0);

    /** Gives the partition its runs. */
    @Setup
    public void grow() {
        LargeManifest manifest = new LargeManifest(1);
        for (int i = 0; i < RUNS; i++) {
            manifest.commitSegment();
        }
        state = manifest.state();
        partition = manifest.partition(0);
    }

    @Benchmark
    public FetchPlan plan() {
        PartitionState found = state.partition(partition).orElseThrow();
        return FetchPlan.of(found, Start.ofRun(found.indexOfOffset(found.nextOffset() / 3)),
                bytesMax);
    }
}
