package io.cordwood.manifest.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.CommitterElected;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.ManifestEvent.TopicDeleted;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApplyTest {

    private static final TopicName NAME = new TopicName("orders");
    private static final UUID TOPIC = new UUID(1, 1);
    private static final UUID WAL = new UUID(2, 2);
    private static final ByteRange INDEX = new ByteRange(500, 50);
    private static final PartitionId PARTITION = new PartitionId(TOPIC, 1);

    private final EntryChain chain = EntryChain.elected();

    @Test
    void aTopicHasItsPartitionsAndNothingInThem() {
        chain.append(new TopicCreated(TOPIC, NAME, 2));

        TopicState topic = chain.state().topic(NAME).orElseThrow();
        assertThat(topic.id()).isEqualTo(TOPIC);
        assertThat(topic.partitionCount()).isEqualTo(2);
        assertThat(topic.partition(0).startOffset()).isZero();
        assertThat(topic.partition(1).nextOffset()).isZero();
        assertThat(chain.state().partition(new PartitionId(TOPIC, 2))).isEmpty();
        assertThat(chain.state().partition(new PartitionId(WAL, 0))).isEmpty();
    }

    @Test
    void offsetsAreDenseInTheOrderOfTheLog() {
        chain.append(new TopicCreated(TOPIC, NAME, 2), committed(1, run(PARTITION, 5, 10)));
        chain.append(committed(2, run(new PartitionId(TOPIC, 0), 3, 11), run(PARTITION, 2, 12)),
                committed(3, run(PARTITION, 1, 9)));

        PartitionState partition = partition();
        assertThat(partition.runs()).extracting(Run::baseOffset).containsExactly(0L, 5L, 7L);
        assertThat(partition.runs()).extracting(Run::endOffset).containsExactly(5L, 7L, 8L);
        assertThat(partition.runs()).extracting(Run::maxTimestampMillis)
                .containsExactly(10L, 12L, 9L);
        assertThat(partition.runs()).extracting(Run::latestTimestampMillis)
                .containsExactly(10L, 12L, 12L);
        assertThat(partition.nextOffset()).isEqualTo(8);
        assertThat(partition.sizeBytes()).isEqualTo(300);
    }

    @Test
    void twoRunsOfOneSegmentInOnePartitionFollowEachOther() {
        chain.append(new TopicCreated(TOPIC, NAME, 2),
                committed(1, run(PARTITION, 5, 10), run(PARTITION, 2, 10)));

        assertThat(partition().runs()).extracting(Run::baseOffset).containsExactly(0L, 5L);
    }

    @Test
    void aStoredSegmentIsItsOwnObject() {
        UUID segment = UUID.fromString("ab000000-0000-4000-8000-000000000001");
        chain.append(new TopicCreated(TOPIC, NAME, 2), new SegmentCommitted(WAL, 1,
                new SegmentPlace.Stored(segment, INDEX), List.of(run(PARTITION, 5, 10))));

        SegmentRef ref = partition().run(0).segment();
        assertThat(ref.key()).isEqualTo(BucketLayout.segment(segment));
        assertThat(ref.range(32, 100)).isEqualTo(new ByteRange(32, 100));
        assertThat(ref.index()).isEqualTo(INDEX);
    }

    @Test
    void anInlineSegmentLiesInItsEntryBehindTheBody() {
        chain.append(new TopicCreated(TOPIC, NAME, 2), new SegmentCommitted(WAL, 1,
                new SegmentPlace.Inline(700, INDEX), List.of(run(PARTITION, 5, 10))));

        SegmentRef ref = partition().run(0).segment();
        assertThat(ref.key()).isEqualTo(BucketLayout.logEntry(2));
        assertThat(ref.range(32, 100))
                .isEqualTo(new ByteRange(EntryChain.INLINE_POSITION + 700 + 32, 100));
    }

    @Test
    void runsOfOneSegmentShareItsReference() {
        chain.append(new TopicCreated(TOPIC, NAME, 2),
                committed(1, run(new PartitionId(TOPIC, 0), 1, 1), run(PARTITION, 1, 1)));

        TopicState topic = chain.state().topic(TOPIC).orElseThrow();
        assertThat(topic.partition(0).run(0).segment())
                .isSameAs(topic.partition(1).run(0).segment());
    }

    @Test
    void aSegmentOfWhichNothingWasLeftOnlyCounts() {
        chain.append(new TopicCreated(TOPIC, NAME, 2));
        chain.append(new SegmentCommitted(WAL, 1, new SegmentPlace.Nowhere(), List.of()));

        assertThat(chain.state().walNumber(WAL)).isEqualTo(1);
        assertThat(partition().runCount()).isZero();
    }

    @Test
    void aCommitterIsElectedWithTheNextEpoch() {
        UUID other = new UUID(5, 5);
        chain.writer(other);

        chain.append(new CommitterElected("second"));

        assertThat(chain.state().position().epoch()).isEqualTo(2);
        assertThat(chain.state().position().committer()).isEqualTo(other);
        assertThat(chain.state().position().address()).isEqualTo("second");
    }

    @Test
    void anEntryThatContinuesAnotherIsVoid() {
        LogPosition at = chain.state().position();

        assertVoid(new ManifestEntry.Head(2, at.committer(), new UUID(0, 9), at.epoch(),
                new UUID(0, 8)));
        assertVoid(new ManifestEntry.Head(2, at.committer(), new UUID(0, 9), at.epoch(),
                LogPosition.NO_ENTRY));
    }

    @Test
    void anEntryOfAnotherEpochIsVoid() {
        LogPosition at = chain.state().position();

        assertVoid(new ManifestEntry.Head(2, at.committer(), new UUID(0, 9), at.epoch() + 1,
                at.nonce()));
    }

    @Test
    void anEntryOfWhoIsNotTheCommitterIsVoid() {
        LogPosition at = chain.state().position();

        assertVoid(new ManifestEntry.Head(2, new UUID(66, 6), new UUID(0, 9), at.epoch(),
                at.nonce()));
    }

    @Test
    void anElectionThatSkipsOrRepeatsAnEpochIsVoid() {
        LogPosition at = chain.state().position();
        for (long epoch : new long[]{at.epoch(), at.epoch() + 2}) {
            StoredEntry entry = chain.stored(new ManifestEntry.Head(2, new UUID(66, 6),
                    new UUID(0, 9), epoch, at.nonce()), new CommitterElected("usurper"));

            ManifestState after = Apply.apply(chain.state(), entry);

            assertThat(after.position()).isEqualTo(at.skip());
        }
    }

    @Test
    void beforeTheFirstElectionOnlyAnElectionCounts() {
        StoredEntry entry = new EntryChain().stored(new ManifestEntry.Head(1, new UUID(0, 0),
                new UUID(0, 9), 1, LogPosition.NO_ENTRY), new TopicCreated(TOPIC, NAME, 1));

        ManifestState after = Apply.apply(ManifestState.EMPTY, entry);

        assertThat(after.topics()).isEmpty();
        assertThat(after.sequence()).isEqualTo(1);
        assertThat(after.position().nonce()).isEqualTo(LogPosition.NO_ENTRY);
    }

    @Test
    void theLogGoesOnAfterAVoidEntryWhereItWasBefore() {
        LogPosition at = chain.state().position();
        chain.apply(chain.stored(new ManifestEntry.Head(2, new UUID(66, 6), new UUID(0, 9),
                at.epoch(), at.nonce()), new TopicCreated(TOPIC, NAME, 1)));

        chain.append(new TopicCreated(TOPIC, NAME, 2));

        assertThat(chain.state().sequence()).isEqualTo(3);
        assertThat(chain.state().topic(NAME).orElseThrow().partitionCount()).isEqualTo(2);
    }

    @Test
    void aGapIsTheEnd() {
        LogPosition at = chain.state().position();
        for (long sequence : new long[]{1, 3, 100}) {
            StoredEntry entry = chain.stored(new ManifestEntry.Head(sequence, at.committer(),
                    new UUID(0, 9), at.epoch(), at.nonce()));

            assertThatThrownBy(() -> Apply.apply(chain.state(), entry))
                    .isInstanceOf(AssertionError.class).hasMessageContaining("a gap is the end");
        }
    }

    @Test
    void aSegmentIsCommittedOnceAndNoneIsLeftOut() {
        chain.append(new TopicCreated(TOPIC, NAME, 2), committed(1, run(PARTITION, 1, 1)));

        assertBroken("committed once", committed(1, run(PARTITION, 1, 1)));
        assertBroken("committed once", committed(3, run(PARTITION, 1, 1)));
        assertThat(chain.append(committed(2, run(PARTITION, 1, 1))).walNumber(WAL)).isEqualTo(2);
    }

    @Test
    void eachLocalWalCountsForItself() {
        UUID other = new UUID(2, 3);
        chain.append(new TopicCreated(TOPIC, NAME, 2), committed(1, run(PARTITION, 1, 1)));

        chain.append(new SegmentCommitted(other, 1, new SegmentPlace.Stored(other, INDEX),
                List.of(run(PARTITION, 1, 1))));

        assertThat(chain.state().walNumber(WAL)).isEqualTo(1);
        assertThat(chain.state().walNumber(other)).isEqualTo(1);
        assertThat(chain.state().walNumber(TOPIC)).isZero();
    }

    @Test
    void aNameIsOneTopicsAndSoIsAnId() {
        chain.append(new TopicCreated(TOPIC, NAME, 2));

        assertBroken("a name is one topic's", new TopicCreated(new UUID(1, 2), NAME, 1));
        assertBroken("an id is one topic's", new TopicCreated(TOPIC, new TopicName("other"), 1));
    }

    @Test
    void onlyWhatExistsIsDeleted() {
        assertBroken("only what exists is deleted", new TopicDeleted(TOPIC));
    }

    @Test
    void aRunHasItsPartition() {
        chain.append(new TopicCreated(TOPIC, NAME, 2));

        assertBroken("a run belongs", committed(1, run(new PartitionId(TOPIC, 2), 1, 1)));
        assertBroken("a run belongs", committed(1, run(new PartitionId(WAL, 0), 1, 1)));
    }

    @Test
    void aTopicThatIsCreatedAgainUnderItsNameIsAnotherWithNothingInIt() {
        UUID again = new UUID(1, 9);
        chain.append(new TopicCreated(TOPIC, NAME, 2), committed(1, run(PARTITION, 5, 10)));

        chain.append(new TopicDeleted(TOPIC), new TopicCreated(again, NAME, 3));

        ManifestState state = chain.state();
        assertThat(state.topic(TOPIC)).isEmpty();
        assertThat(state.partition(PARTITION)).isEmpty();
        assertThat(state.topic(NAME).orElseThrow().id()).isEqualTo(again);
        assertThat(state.partition(new PartitionId(again, 1)).orElseThrow().nextOffset()).isZero();
        assertThat(state.walNumber(WAL)).as("what was committed stays committed").isEqualTo(1);
    }

    @Test
    void topicsAreListedByName() {
        for (String name : List.of("b", "a", "c", "B")) {
            chain.append(new TopicCreated(new UUID(name.charAt(0), 7), new TopicName(name), 1));
        }

        assertThat(chain.state().topics()).extracting(topic -> topic.name().value())
                .containsExactly("B", "a", "b", "c");
    }

    @Test
    void anOlderStateStaysAsItWas() {
        chain.append(new TopicCreated(TOPIC, NAME, 2), committed(1, run(PARTITION, 5, 10)));
        ManifestState older = chain.state();
        StateView before = StateView.of(older);

        chain.append(committed(2, run(PARTITION, 5, 10)));
        chain.append(new TopicDeleted(TOPIC));

        assertThat(StateView.of(older)).isEqualTo(before);
    }

    @Test
    void theSameLogGivesTheSameState() {
        for (long seed = 1; seed <= 50; seed++) {
            RandomHistory one = new RandomHistory(new Random(seed));
            ManifestState other = Apply.apply(ManifestState.EMPTY,
                    new EntryChain().next(new CommitterElected("first")));
            for (int i = 0; i < 100; i++) {
                other = Apply.apply(other, one.step());
            }

            assertThat(StateView.of(other)).as("seed %d", seed)
                    .isEqualTo(StateView.of(one.state()));
        }
    }

    @Test
    void runsTileTheirPartitionsWhateverHappens() {
        for (long seed = 1; seed <= 50; seed++) {
            RandomHistory history = new RandomHistory(new Random(seed));
            for (int i = 0; i < 200; i++) {
                history.step();
            }

            for (StateView.Topic topic : StateView.of(history.state()).topics()) {
                topic.partitions().forEach(ApplyTest::assertTiled);
            }
            history.state().topics().forEach(ApplyTest::assertSized);
        }
    }

    private static void assertSized(TopicState topic) {
        for (int i = 0; i < topic.partitionCount(); i++) {
            long size = 0;
            for (Run run : topic.partition(i).runs()) {
                size += run.length();
            }
            assertThat(topic.partition(i).sizeBytes()).isEqualTo(size);
        }
    }

    private static void assertTiled(StateView.Partition partition) {
        long offset = partition.runs().isEmpty()
                ? partition.nextOffset()
                : partition.runs().getFirst().baseOffset();
        assertThat(offset).as("no run lies wholly before the start")
                .isLessThanOrEqualTo(partition.nextOffset());
        long latest = Long.MIN_VALUE;
        for (Run run : partition.runs()) {
            latest = Math.max(latest, run.maxTimestampMillis());
            assertThat(run.baseOffset()).isEqualTo(offset);
            assertThat(run.latestTimestampMillis()).isEqualTo(latest);
            offset = run.endOffset();
        }
        assertThat(partition.nextOffset()).isEqualTo(offset);
    }

    private void assertVoid(ManifestEntry.Head head) {
        ManifestState before = chain.state();
        StoredEntry entry = chain.stored(head, new TopicCreated(TOPIC, NAME, 1));

        ManifestState after = Apply.apply(before, entry);

        assertThat(Apply.counts(before, entry.entry())).isFalse();
        assertThat(StateView.of(after))
                .isEqualTo(StateView.of(before).at(before.position().skip()));
    }

    private void assertBroken(String promise, ManifestEvent event) {
        StoredEntry entry = chain.next(event);

        assertThatThrownBy(() -> Apply.apply(chain.state(), entry))
                .isInstanceOf(AssertionError.class).hasMessageContaining(promise);
    }

    private PartitionState partition() {
        return chain.state().partition(PARTITION).orElseThrow();
    }

    private static SegmentCommitted committed(long number, CommittedRun... runs) {
        return new SegmentCommitted(WAL, number,
                new SegmentPlace.Stored(new UUID(40, number), INDEX),
                List.of(runs));
    }

    private static CommittedRun run(PartitionId partition, int offsets, long maxTimestamp) {
        return CommittedRun.of(partition, 32, 100, offsets, maxTimestamp);
    }
}
