package io.cordwood.manifest.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.Compaction;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.GroupShardTaken;
import io.cordwood.manifest.event.ManifestEvent.NodeJoined;
import io.cordwood.manifest.event.ManifestEvent.ProducerIdsReserved;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.event.NodeForge;
import io.cordwood.manifest.event.NodeRole;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.TableVersion;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.WalState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.SegmentForge;
import io.cordwood.store.segment.SegmentRun;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProposalTest {

    private static final UUID TOPIC = new UUID(-1, -1);
    private static final TopicName LONGEST = new TopicName("n".repeat(249));
    private static final TopicName GROWING = new TopicName("growing");
    private static final Bytes BEFORE = Bytes.wrap(new byte[8 << 20]);
    private static final ByteRange FAR = new ByteRange(Long.MAX_VALUE - Integer.MAX_VALUE,
            Integer.MAX_VALUE);
    private static final ManifestEntry.Head HEAD = new ManifestEntry.Head(1, TOPIC, TOPIC, 1,
            TOPIC);

    private final ManifestState state = EntryChain.elected()
            .append(new TopicCreated(TOPIC, LONGEST, TopicCreated.PARTITIONS_MAX),
                    new TopicCreated(new UUID(-1, -2), GROWING, 1),
                    new GroupShardTaken(new GroupShard(GroupShard.COUNT - 1), TOPIC),
                    new NodeJoined(NodeForge.node("node", TOPIC)));

    @Test
    void noProposalAddsMoreToItsEntryThanItSays() {
        assertWithinBound(new CreateTopic(new UUID(1, 1), new TopicName("m".repeat(249)),
                TopicCreated.PARTITIONS_MAX), state);
        assertWithinBound(new DeleteTopic(LONGEST), state);
        assertWithinBound(new PublishTable(TOPIC, new TableVersion(new UUID(-1, -1), 1,
                TableVersion.MANIFESTS_MAX, -1)), state);
        assertWithinBound(new CompactPartition(
                new PartitionId(TOPIC, TopicCreated.PARTITIONS_MAX - 1), Compaction.NONE,
                new Compaction(0, 0, Long.MIN_VALUE,
                        new Compaction.Tombstones(0, Long.MIN_VALUE))),
                state);
        assertWithinBound(
                new CommitSegment(new UUID(2, 2), WalState.NOBODY, 1, new Cargo.Nothing()), state);
        assertWithinBound(
                new CommitSegment(new UUID(2, 2), WalState.NOBODY, 1,
                        new Cargo.Enclosed(SegmentForge
                                .segment(new UUID(3, 3), List.of(new PartitionId(TOPIC, 1)), 100))),
                state);
        List<SegmentRun> extreme = IntStream.range(0, 1_000)
                .mapToObj(i -> new SegmentRun(new PartitionId(TOPIC, 9_999),
                        CommittedRun.POSITION_MAX,
                        Integer.MAX_VALUE, 1, 0, 1 << 30,
                        new TimestampRange(Long.MIN_VALUE, Long.MIN_VALUE), 0))
                .toList();
        assertWithinBound(
                new CommitSegment(new UUID(2, 2), WalState.NOBODY, 1,
                        new Cargo.Uploaded(new UUID(3, 3),
                                new ByteRange(Long.MAX_VALUE - Integer.MAX_VALUE,
                                        Integer.MAX_VALUE),
                                extreme,
                                Collections.nCopies(extreme.size(), List.of()))),
                state);
        assertWithinBound(new ReserveProducerIds(ProducerIdsReserved.COUNT_MAX), state);
        assertWithinBound(new ExpireUploads(state.sequence()), state);
        assertWithinBound(new TakeWal(new UUID(2, 2), new UUID(-1, -1), Long.MAX_VALUE), state);
        assertWithinBound(new LeaveCluster(TOPIC), state);
        assertWithinBound(new JoinCluster(new Member("n".repeat(100), new UUID(-1, -1),
                new Member.Addresses("€".repeat(300), "€".repeat(300), "€".repeat(300)),
                Optional.of("z".repeat(100)), Set.of(NodeRole.values())), Long.MAX_VALUE), state);
        assertWithinBound(new ForgetProducers(Long.MIN_VALUE), state);
        assertWithinBound(new ForgetTransactionalIds(Long.MIN_VALUE), state);
        assertWithinBound(new TakeGroupShard(new GroupShard(0), new UUID(-1, -1)), state);
        GroupRecord record = GroupRecord.copyOf(ByteBuffer.allocate(300),
                Optional.of(ByteBuffer.allocate(70_000)));
        assertWithinBound(new WriteGroupRecords(new GroupShard(GroupShard.COUNT - 1),
                new WriteGroupRecords.Turn(1, 1), Collections.nCopies(100, record),
                Optional.empty()), state);
        assertWithinBound(new AddPartitions(GROWING, TopicCreated.PARTITIONS_MAX), state);
    }

    @Test
    void noReplacementOfRunsAddsMoreToItsEntryThanItSays() {
        PartitionId partition = new PartitionId(TOPIC, TopicCreated.PARTITIONS_MAX - 1);
        EntryChain chain = EntryChain.elected();
        chain.append(new TopicCreated(TOPIC, LONGEST, TopicCreated.PARTITIONS_MAX));
        chain.append(new SegmentCommitted(TOPIC, 1, new SegmentPlace.Stored(TOPIC, FAR), List.of(
                CommittedRun.of(partition, 0, 1, Integer.MAX_VALUE, Long.MIN_VALUE))));
        List<Run> sources = chain.state().partition(partition).orElseThrow().runsBetween(0, 1);
        ByteRange tail = new ByteRange(Integer.MAX_VALUE - 9L, 9);

        assertWithinBound(new MergeRuns(new SegmentPlace.Stored(TOPIC, FAR), List.of(
                new Replacement(CommittedRun.of(partition, CommittedRun.POSITION_MAX,
                        Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE), sources))),
                chain.state());
        assertWithinBound(new ConvertRuns(new HistoryPlace(TOPIC, TOPIC, tail, -1,
                Long.MAX_VALUE, Long.MIN_VALUE),
                new Replacement(CommittedRun.of(partition, 0, Integer.MAX_VALUE,
                        Integer.MAX_VALUE, Long.MIN_VALUE), sources)),
                chain.state());
    }

    @Test
    void severalRunsOfAPartitionAreAnsweredWithTheOffsetsThatTheyGet() {
        PartitionId partition = new PartitionId(TOPIC, 3);
        List<SegmentRun> runs = List.of(run(partition, 5), run(partition, 7),
                run(new PartitionId(TOPIC, 4), 1), run(partition, 2));
        CommitSegment proposal = new CommitSegment(new UUID(2, 2), WalState.NOBODY, 1,
                new Cargo.Uploaded(TOPIC,
                        new ByteRange(900, 10), runs, Collections.nCopies(runs.size(), List.of())));

        assertThat(proposal.decide(state, 0)).isInstanceOfSatisfying(Decision.Accepted.class,
                accepted -> assertThat(accepted.answer()).isEqualTo(List.of(
                        new RunOutcome.Appended(0), new RunOutcome.Appended(5),
                        new RunOutcome.Appended(0), new RunOutcome.Appended(12))));
    }

    private static SegmentRun run(PartitionId partition, int offsets) {
        return new SegmentRun(partition, 32, 100, 1, 0, offsets, new TimestampRange(1, 1), 0);
    }

    @Test
    void noTopicHasNoPartitionsOrTooMany() {
        for (int partitions : new int[]{-1, 0, TopicCreated.PARTITIONS_MAX + 1}) {
            assertThatThrownBy(() -> new CreateTopic(TOPIC, LONGEST, partitions))
                    .isInstanceOf(RejectedException.class);
        }
    }

    @Test
    void theSameStateGivesTheSameDecision() {
        CommitSegment proposal = new CommitSegment(new UUID(2, 2), WalState.NOBODY, 1,
                new Cargo.Enclosed(SegmentForge
                        .segment(new UUID(3, 3), List.of(new PartitionId(TOPIC, 1)), 100)));

        assertThat(proposal.decide(state, 7)).isEqualTo(proposal.decide(state, 7));
    }

    private static void assertWithinBound(Proposal<?> proposal, ManifestState state) {
        if (!(proposal.decide(state, BEFORE.size()) instanceof Decision.Accepted<?> accepted)) {
            throw new AssertionError("refused: " + proposal);
        }
        int with = size(List.of(accepted.event()), accepted.inline());
        int without = size(List.of(), List.of());

        assertThat(with - without).isLessThanOrEqualTo(proposal.entrySizeMax(state));
    }

    private static int size(List<ManifestEvent> events,
            List<Bytes> inline) {
        List<Bytes> all = new ArrayList<>(List.of(BEFORE));
        all.addAll(inline);
        return EntryCodec.encode(new ManifestEntry(HEAD, Instant.EPOCH, events), all).bytes()
                .size();
    }
}
