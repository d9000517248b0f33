package io.cordwood.bench.micro;

import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentBuilder;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Builds a segment of 4 MiB from batches of 4 KiB that come to the partitions in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class BuildSegment {

    private static final int BATCHES = 1_024;

    /** How many partitions the batches are for. */
    @Param({"10", "1000"})
    public int partitions;

    private final UUID topic = new UUID(1, 2);
    private final ValidBatch batch = Samples.batch(4_000);

    @Benchmark
    public Segment build() {
        SegmentBuilder builder = new SegmentBuilder(topic);
        for (int i = 0; i < BATCHES; i++) {
            builder.add(new PartitionId(topic, i % partitions), batch);
        }
        return builder.build();
    }
}
