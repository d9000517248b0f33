package io.cordwood.iceberg.table;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.manifest.event.ManifestEvent.RunsConverted;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.MergedRun;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import java.util.List;
import java.util.UUID;

/** A topic of two partitions whose runs become history, without a byte of them. */
final class TopicChain {

    static final UUID TOPIC = new UUID(1, 1);
    static final long MILLIS = 1_700_000_000_000L;

    private final EntryChain chain = EntryChain.elected();
    private long segments;

    TopicChain() {
        chain.append(new TopicCreated(TOPIC, new TopicName("orders"), 2));
    }

    EntryChain chain() {
        return chain;
    }

    TopicState topic() {
        return chain.state().topic(TOPIC).orElseThrow();
    }

    /** So many offsets more, in a segment. */
    void append(int partition, int offsets) {
        segments++;
        chain.append(new SegmentCommitted(new UUID(5, 5), segments,
                new SegmentPlace.Stored(new UUID(6, segments), new ByteRange(5_000, 99)),
                List.of(CommittedRun.of(new PartitionId(TOPIC, partition), 32, 100, offsets,
                        MILLIS))));
    }

    /** What lies from an offset on becomes a file of 500 bytes, with that number as its id. */
    void convert(int partition, long base, int offsets, long file) {
        convert(partition, base, offsets, file, MILLIS - offsets);
    }

    /** The same, with the smallest timestamp. */
    void convert(int partition, long base, int offsets, long file, long minMillis) {
        convert(new PartitionId(TOPIC, partition), base, offsets,
                new HistoryPlace(TOPIC, new UUID(8, file), new ByteRange(400, 100), 1, offsets,
                        minMillis));
    }

    /** The same, but that compaction has left no record. */
    void empty(int partition, long base, int offsets, long file) {
        convert(new PartitionId(TOPIC, partition), base, offsets, new HistoryPlace(TOPIC,
                new UUID(8, file), new ByteRange(400, 100), 1, 0, -1));
    }

    private void convert(PartitionId partition, long base, int offsets, HistoryPlace file) {
        chain.append(new RunsConverted(file, new MergedRun(base,
                CommittedRun.of(partition, 0, 500, offsets, MILLIS))));
    }

    /** The same at once. */
    void history(int partition, int offsets, long file) {
        long base = topic().partition(partition).nextOffset();
        append(partition, offsets);
        convert(partition, base, offsets, file);
    }
}
