package io.cordwood.bench.micro;

import io.cordwood.bench.LargeManifest;
import io.cordwood.manifest.event.EncodedEntry;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.state.Apply;
import io.cordwood.manifest.state.ManifestState;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Decodes and applies an entry with one segment that has a run of each partition. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class ApplyEntry {

    private static final int RUNS_BEFORE = 100_000;

    /** How many partitions there are, and runs in the segment. */
    @Param({"10", "1000"})
    public int partitions;

    private ManifestState state = ManifestState.EMPTY;
    private long sequence;
    private ByteBuffer object = ByteBuffer.allocate(0);

    /** Commits so many segments that the partitions have some runs each. */
    @Setup
    public void grow() {
        LargeManifest manifest = new LargeManifest(partitions);
        for (int i = 0; i < RUNS_BEFORE / partitions; i++) {
            manifest.commitSegment();
        }
        state = manifest.state();
        EncodedEntry next = manifest.commitSegment();
        sequence = next.entry().sequence();
        object = next.bytes().copy();
    }

    @Benchmark
    public StoredEntry decode() {
        return EntryCodec.decode(sequence, object);
    }

    @Benchmark
    public ManifestState decodeAndApply() {
        return Apply.apply(state, EntryCodec.decode(sequence, object));
    }
}
