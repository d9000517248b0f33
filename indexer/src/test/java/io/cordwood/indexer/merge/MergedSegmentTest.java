package io.cordwood.indexer.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;
import io.cordwood.manifest.state.Tier;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.RandomRecords;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentBuilder;
import io.cordwood.store.segment.SegmentForge;
import io.cordwood.store.segment.SegmentIndex;
import io.cordwood.store.segment.SegmentRun;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergedSegmentTest {

    private static final UUID ID = new UUID(9, 9);
    private static final UUID TOPIC = new UUID(1, 1);
    private static final int SOURCES = 5;
    private static final int PARTITIONS = 3;

    private final Random random = new Random(1);
    private final Map<UUID, ByteBuffer> objects = new HashMap<>();
    private final MergeJob job = job();

    @ParameterizedTest
    @ValueSource(longs = {100, 3_000, 10_000, 77_777, 1 << 30})
    void aSegmentIsTheSameWhateverTheWindows(long windowBytes) {
        ByteBuffer made = made(windowBytes);

        SegmentIndex index = SegmentIndex.verify(made);
        assertThat(index.runs()).hasSize(PARTITIONS);
        for (int i = 0; i < PARTITIONS; i++) {
            SegmentRun run = index.runs().get(i);
            RunMerge merge = job.merges().get(i);
            assertThat(run.partition()).isEqualTo(merge.partition());
            assertThat(run.offsets()).isEqualTo(merge.offsets());
            assertThat(made.slice((int) run.position(), run.length()))
                    .isEqualTo(joined(merge.sources()));
        }
    }

    @Test
    void whatItProposesIsWhatWasWritten() {
        MergedSegment segment = new MergedSegment(ID, job, 10_000);
        ByteBuffer made = written(segment);

        SegmentIndex index = SegmentIndex.parse(made.slice(
                (int) segment.proposal().place().index().position(),
                segment.proposal().place().index().length()));

        assertThat(segment.length()).isEqualTo(made.remaining());
        assertThat(segment.proposal().parts())
                .extracting(part -> part.made().position(), part -> part.made().length(),
                        part -> part.sources())
                .containsExactlyElementsOf(IntStream.range(0, PARTITIONS)
                        .mapToObj(i -> tuple(index.runs().get(i).position(),
                                index.runs().get(i).length(), job.merges().get(i).sources()))
                        .toList());
    }

    @Test
    void noWindowIsLargerThanItMayBe() {
        MergedSegment segment = new MergedSegment(ID, job, 40_000);
        long largest = 0;
        for (List<RunSlice> window = segment.window(); !window.isEmpty(); window = segment
                .window()) {
            largest = Math.max(largest, window.stream().mapToLong(RunSlice::length).sum());
            segment.take(window, read(window));
        }

        assertThat(largest).isEqualTo(40_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 10_000, 1 << 30})
    void aSourceThatIsDamagedAnywhereIsNamed(long windowBytes) {
        for (Run damaged : job.merges().get(1).sources()) {
            ByteBuffer object = object(damaged);
            int at = (int) damaged.position() + BatchHeader.SIZE
                    + random.nextInt(damaged.length() - BatchHeader.SIZE);
            object.put(at, (byte) (object.get(at) ^ 1));
            MergedSegment segment = new MergedSegment(ID, job, windowBytes);

            assertThatThrownBy(() -> written(segment)).isInstanceOf(CorruptException.class);

            assertThat(segment.damaged()).contains(damaged);
            object.put(at, (byte) (object.get(at) ^ 1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 10_000, 1 << 30})
    void aSourceThatIsMissingIsNamed(long windowBytes) {
        Run missing = job.merges().getFirst().sources().get(2);
        objects.remove(id(missing));
        MergedSegment segment = new MergedSegment(ID, job, windowBytes);

        assertThatThrownBy(() -> written(segment)).isInstanceOf(CorruptException.class);

        assertThat(segment.damaged()).contains(missing);
    }

    private ByteBuffer made(long windowBytes) {
        return written(new MergedSegment(ID, job, windowBytes));
    }

    private ByteBuffer written(MergedSegment segment) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (List<RunSlice> window = segment.window(); !window.isEmpty(); window = segment
                .window()) {
            pieces.addAll(segment.take(window, read(window)).slices());
        }
        return Bytes.of(pieces).copy();
    }

    private Map<RunSlice, ByteBuffer> read(List<RunSlice> window) {
        Map<RunSlice, ByteBuffer> read = new HashMap<>();
        for (RunSlice slice : window) {
            Optional.ofNullable(objects.get(id(slice.run())))
                    .ifPresent(object -> read.put(slice, object.slice(
                            (int) slice.range().position(), slice.length())));
        }
        return read;
    }

    private ByteBuffer joined(List<Run> runs) {
        List<ByteBuffer> all = new ArrayList<>();
        for (Run run : runs) {
            all.add(object(run).slice((int) run.position(), run.length()));
        }
        return Bytes.of(all).copy();
    }

    private ByteBuffer object(Run run) {
        return Optional.ofNullable(objects.get(id(run))).orElseThrow();
    }

    private static UUID id(Run run) {
        return BucketLayout.dataObject(run.key()).orElseThrow().id();
    }

    /** Segments with a run of each partition, all of which become one. */
    private MergeJob job() {
        Map<PartitionId, List<Run>> runs = new HashMap<>();
        for (int i = 0; i < SOURCES; i++) {
            Segment segment = segment(new UUID(2, i));
            objects.put(segment.id(), segment.bytes().copy());
            SegmentRef home = SegmentRef.stored(segment.id(), segment.index(), Tier.LOG);
            for (SegmentRun run : segment.runs()) {
                List<Run> before = runs.computeIfAbsent(run.partition(),
                        none -> new ArrayList<>());
                before.add(new Run(home, run.position(), run.length(),
                        before.isEmpty() ? 7 : before.getLast().endOffset(), run.offsets(),
                        run.timestamps().maxMillis(), run.timestamps().maxMillis()));
            }
        }
        return new MergeJob(runs.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(entry -> new RunMerge(entry.getKey(), entry.getValue())).toList());
    }

    private Segment segment(UUID id) {
        RandomRecords records = new RandomRecords(random);
        SegmentBuilder builder = new SegmentBuilder(id);
        for (int i = 0; i < 12; i++) {
            builder.add(new PartitionId(TOPIC, i % PARTITIONS),
                    SegmentForge.batch(records.records(1 + random.nextInt(20),
                            1 + random.nextInt(1_000))));
        }
        return builder.build();
    }
}
