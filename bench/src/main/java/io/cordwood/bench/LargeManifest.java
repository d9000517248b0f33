package io.cordwood.bench;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.EncodedEntry;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.Apply;
import io.cordwood.manifest.state.LogPosition;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A manifest that grows by segments which each hold a run of every partition, made by the real
 * codecs and the real fold.
 */
public final class LargeManifest {

    private static final long EPOCH = 1;
    private static final int RUN_BYTES = 8_000;
    private static final int RUN_OFFSETS = 8;

    private final Random random = new Random(1);
    private final UUID writer = id();
    private final UUID wal = id();
    private final UUID topic = id();
    private final int partitions;
    private ManifestState state = ManifestState.EMPTY;
    private UUID predecessor = LogPosition.NO_ENTRY;
    private long segments;

    /** A manifest with one topic and nothing in it. */
    public LargeManifest(int partitions) {
        this.partitions = partitions;
        append(new ManifestEvent.CommitterElected("nowhere:1"));
        append(new ManifestEvent.TopicCreated(topic, new TopicName("t"), partitions));
    }

    public ManifestState state() {
        return state;
    }

    /** A partition of the topic. */
    public PartitionId partition(int number) {
        return new PartitionId(topic, number);
    }

    /** Commits one more segment, in an entry of its own. */
    public EncodedEntry commitSegment() {
        return append(nextSegment());
    }

    /** The event that would commit one more segment. */
    private ManifestEvent nextSegment() {
        segments++;
        List<CommittedRun> runs = new ArrayList<>(partitions);
        for (int i = 0; i < partitions; i++) {
            runs.add(CommittedRun.of(partition(i), 32 + (long) i * RUN_BYTES, RUN_BYTES,
                    RUN_OFFSETS, 1_700_000_000_000L + segments));
        }
        return new ManifestEvent.SegmentCommitted(wal, segments,
                new SegmentPlace.Stored(id(), new ByteRange((long) partitions * RUN_BYTES, 4_096)),
                runs);
    }

    private EncodedEntry append(ManifestEvent event) {
        UUID nonce = id();
        ManifestEntry entry = new ManifestEntry(new ManifestEntry.Head(state.sequence() + 1,
                writer, nonce, EPOCH, predecessor), Instant.EPOCH, List.of(event));
        EncodedEntry encoded = EntryCodec.encode(entry, List.of());
        state = Apply.apply(state, EntryCodec.decode(entry.sequence(), encoded.bytes().copy()));
        predecessor = nonce;
        return encoded;
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
