package io.cordwood.manifest.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.manifest.event.ManifestEvent.ObjectsCollected;
import io.cordwood.manifest.event.ManifestEvent.RecordsDeleted;
import io.cordwood.manifest.event.ManifestEvent.RunsConverted;
import io.cordwood.manifest.event.ManifestEvent.RunsMerged;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.ManifestEvent.TopicDeleted;
import io.cordwood.manifest.event.MergedRun;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of a state when runs take the place of others, and of what nobody needs. */
class MergesTest {

    private static final UUID TOPIC = new UUID(1, 1);
    private static final UUID WAL = new UUID(2, 2);
    private static final UUID MERGED = new UUID(4, 4);
    private static final ByteRange INDEX = new ByteRange(500, 50);
    private static final PartitionId FIRST = new PartitionId(TOPIC, 0);
    private static final PartitionId SECOND = new PartitionId(TOPIC, 1);

    private final EntryChain chain = EntryChain.elected();
    private long number;

    MergesTest() {
        chain.append(new TopicCreated(TOPIC, new TopicName("orders"), 2));
    }

    @Test
    void aMergedRunTakesThePlaceOfOthersAndNothingElseChanges() {
        stored(1, run(FIRST, 5, 10));
        stored(2, run(FIRST, 3, 30));
        stored(3, run(FIRST, 2, 20));
        stored(4, run(FIRST, 1, 25));

        chain.append(merge(merged(FIRST, 5, 5, 30)));

        PartitionState partition = partition(FIRST);
        assertThat(partition.runs()).extracting(Run::baseOffset).containsExactly(0L, 5L, 10L);
        assertThat(partition.runs()).extracting(Run::latestTimestampMillis)
                .containsExactly(10L, 30L, 30L);
        assertThat(partition.run(1).tier()).isEqualTo(Tier.LOG);
        assertThat(partition.nextOffset()).isEqualTo(11);
        assertThat(partition.sizeBytes()).isEqualTo(100 + 100 + 100);
    }

    @Test
    void aSegmentIsGarbageOnceItsLastRunHasLeftIt() {
        stored(1, run(FIRST, 5, 10), run(SECOND, 5, 10));

        chain.append(merge(merged(FIRST, 0, 5, 10)));
        assertThat(references().garbage()).isEmpty();
        assertThat(references().isLive(segment(1))).isTrue();

        chain.append(new RecordsDeleted(SECOND, 5));
        assertThat(references().garbage()).containsExactly(segment(1));
        assertThat(references().isLive(segment(1))).isFalse();
        assertThat(references().isLive(new DataObject.Segment(MERGED))).isTrue();
    }

    @Test
    void theSegmentsOfATopicThatIsDeletedAreGarbageUntilTheyAreCollected() {
        stored(1, run(FIRST, 5, 10));
        stored(2, run(FIRST, 5, 10), run(SECOND, 1, 1));

        chain.append(new TopicDeleted(TOPIC));
        assertThat(references().garbage()).containsExactly(segment(1), segment(2));

        chain.append(new ObjectsCollected(List.of(segment(1))));
        assertThat(references().garbage()).containsExactly(segment(2));
        assertThat(references().count()).isZero();
        assertThat(references().isKnown(segment(1))).isFalse();
        assertThat(references().isKnown(segment(2))).isTrue();
    }

    @Test
    void anEntryIsNeededAsLongAsARunIsInIt() {
        inline(run(FIRST, 5, 10), run(SECOND, 5, 10));
        long sequence = chain.state().sequence();

        chain.append(merge(merged(FIRST, 0, 5, 10)));
        assertThat(references().isLive(sequence)).isTrue();
        assertThat(references().firstEntry()).hasValue(sequence);

        chain.append(new RecordsDeleted(SECOND, 5));
        assertThat(references().isLive(sequence)).isFalse();
        assertThat(references().firstEntry()).isEmpty();
        assertThat(references().garbage()).isEmpty();
    }

    @Test
    void whatIngestHasFlushedIsCountedUntilItIsMerged() {
        stored(1, run(FIRST, 5, 10));
        inline(run(FIRST, 5, 10));
        assertThat(references().unmerged()).isEqualTo(2);

        chain.append(merge(merged(FIRST, 0, 10, 10)));

        assertThat(references().unmerged()).isZero();
    }

    @Test
    void aConvertedRunTakesThePlaceOfOthersAndNothingElseChanges() {
        stored(1, run(FIRST, 5, 10));
        stored(2, run(FIRST, 3, 30));
        stored(3, run(FIRST, 2, 20));

        chain.append(converted(new UUID(9, 1), 0, 8, 30));

        PartitionState partition = partition(FIRST);
        assertThat(partition.runs()).extracting(Run::tier)
                .containsExactly(Tier.HISTORY, Tier.WAL);
        assertThat(partition.run(0).endOffset()).isEqualTo(8);
        assertThat(partition.sizes()).isEqualTo(new TierSizes(new TierSizes.Size(1, 100),
                TierSizes.Size.NONE, new TierSizes.Size(1, 500)));
        assertThat(references().garbage()).containsExactly(segment(1), segment(2));
        assertThat(references().unmerged()).isEqualTo(1);
    }

    @Test
    void aFileIsGarbageOnceItsRunHasLeftIt() {
        stored(1, run(FIRST, 5, 10));
        chain.append(converted(new UUID(9, 1), 0, 5, 10));
        DataObject file = new DataObject.History(TOPIC, new UUID(9, 1));
        assertThat(references().isLive(file)).isTrue();

        chain.append(new RecordsDeleted(FIRST, 5));

        assertThat(references().isLive(file)).isFalse();
        assertThat(references().garbage()).containsExactly(segment(1), file);
    }

    @Test
    void aMergeThatDoesNotReplaceWholeRunsIsABug() {
        stored(1, run(FIRST, 5, 10));
        stored(2, run(FIRST, 5, 10));

        for (RunsMerged wrong : List.of(merge(merged(FIRST, 0, 7, 10)),
                merge(merged(FIRST, 2, 3, 10)), merge(merged(FIRST, 0, 20, 10)),
                merge(merged(SECOND, 0, 1, 10)))) {
            assertThatThrownBy(() -> chain.append(wrong)).isInstanceOf(AssertionError.class)
                    .hasMessageContaining("a merge replaces whole runs");
        }
    }

    private static DataObject segment(int number) {
        return new DataObject.Segment(new UUID(3, number));
    }

    private void stored(int segment, CommittedRun... runs) {
        number++;
        chain.append(new SegmentCommitted(WAL, number,
                new SegmentPlace.Stored(segment(segment).id(), INDEX), List.of(runs)));
    }

    private void inline(CommittedRun... runs) {
        number++;
        chain.append(new SegmentCommitted(WAL, number, new SegmentPlace.Inline(0, INDEX),
                List.of(runs)));
    }

    private static CommittedRun run(PartitionId partition, int offsets, long maxTimestamp) {
        return CommittedRun.of(partition, 32, 100, offsets, maxTimestamp);
    }

    private static MergedRun merged(PartitionId partition, long base, int offsets,
            long maxTimestamp) {
        return new MergedRun(base, run(partition, offsets, maxTimestamp));
    }

    private static RunsMerged merge(MergedRun run) {
        return new RunsMerged(new SegmentPlace.Stored(MERGED, INDEX), List.of(run));
    }

    private static RunsConverted converted(UUID file, long base, int offsets,
            long maxTimestamp) {
        return new RunsConverted(
                new HistoryPlace(TOPIC, file, new ByteRange(400, 100), 1, offsets, 0),
                new MergedRun(base, CommittedRun.of(FIRST, 0, 500, offsets, maxTimestamp)));
    }

    private PartitionState partition(PartitionId id) {
        return chain.state().partition(id).orElseThrow();
    }

    private References references() {
        return chain.state().references();
    }
}
