package io.cordwood.manifest.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.WalState;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.ProducerSequence.Membership;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentBuilder;
import io.cordwood.store.segment.SegmentForge;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Nobody is handed a proposal that cannot be: the committer would fall over it. */
class ProposalDamageTest {

    private static final PartitionId ORDERS = new PartitionId(new UUID(1, 1), 0);
    private static final TransactionalId ID = new TransactionalId("shop");
    private static final ProducerIdentity PRODUCER = new ProducerIdentity(7, (short) 0);

    private final Segment segment = segment();
    private final RandomUpkeep upkeep = new RandomUpkeep(new Random(1),
            new RandomPlaces(new Random(1)));

    @Test
    void batchesFillTheirRun() {
        CommitSegment good = commit(Cargo.Uploaded.of(segment));

        assertOnlyGood(good, List.of(
                it -> run(it).getBatchesBuilder(1).setPosition(0),
                it -> run(it).getBatchesBuilder(0).setLength(-1),
                it -> run(it).getBatchesBuilder(1).setRecords(1),
                it -> run(it).getBatchesBuilder(1).setOffsetDelta(1),
                it -> run(it).removeBatches(1),
                it -> run(it).setBatchCount(3),
                it -> run(it).getBatchesBuilder(0).setProducerEpoch(1 << 15),
                it -> run(it).getBatchesBuilder(0).setMembershipValue(9)));
    }

    @Test
    void aRunLiesInASegment() {
        CommitSegment good = commit(Cargo.Uploaded.of(segment));

        assertOnlyGood(good, List.of(
                it -> run(it).setPosition(Long.MAX_VALUE / 2),
                it -> run(it).setPosition(-1),
                it -> run(it).setPartition(-1),
                it -> run(it).clearTopic(),
                it -> it.getCommitSegmentBuilder().getUploadedBuilder().setIndexLength(0),
                it -> it.getCommitSegmentBuilder().clearUploaded(),
                it -> it.getCommitSegmentBuilder().clearWal()));
    }

    @Test
    void anEnclosedSegmentIsThere() {
        CommitSegment good = commit(new Cargo.Enclosed(segment));

        assertOnlyGood(good, List.of(
                it -> it.getCommitSegmentBuilder().setNothing(true),
                it -> it.getCommitSegmentBuilder().setUploaded(
                        it.getCommitSegment().getEnclosed()),
                it -> it.setForgetProducers(
                        io.cordwood.manifest.proto.ForgetProducers.getDefaultInstance()),
                it -> it.getCommitSegmentBuilder().getEnclosedBuilder()
                        .setIndexPosition(segment.bytes().size()),
                it -> it.getCommitSegmentBuilder().getEnclosedBuilder().getRunsBuilder(0)
                        .setPosition(segment.bytes().size())));
        assertCorrupt(message(good, it -> {}, Bytes.of()));
    }

    @Test
    void anEnclosedSegmentIsSmall() {
        Bytes large = Bytes.of(ByteBuffer.allocate(Cargo.INLINE_SIZE_MAX + 1));

        assertCorrupt(message(commit(new Cargo.Enclosed(segment)), it -> {}, large));
    }

    @Test
    void whatIsReplacedIsThereOnceAndLiesSomewhere() {
        MergeRuns good = upkeep.merged(ManifestState.EMPTY);

        assertOnlyGood(good, List.of(
                it -> it.getMergeRunsBuilder().addParts(it.getMergeRuns().getParts(0)),
                it -> it.getMergeRunsBuilder().getPartsBuilder(0).clearSources(),
                it -> it.getMergeRunsBuilder().getPartsBuilder(0).removeSources(0),
                it -> it.getMergeRunsBuilder().getPartsBuilder(0).getSourcesBuilder(0)
                        .setHome(it.getMergeRuns().getHomesCount()),
                it -> it.getMergeRunsBuilder().getPartsBuilder(0).getSourcesBuilder(0)
                        .setHome(-1),
                it -> it.getMergeRunsBuilder().getPartsBuilder(0).getMadeBuilder()
                        .addBatchesBuilder().setRecords(1),
                it -> it.getMergeRunsBuilder().getHomesBuilder(0).clearPlace(),
                it -> it.getMergeRunsBuilder().getSegmentBuilder().setInlinePosition(1)));
    }

    @Test
    void aConvertedRunFillsItsFile() {
        ConvertRuns good = upkeep.converted(ManifestState.EMPTY);

        assertOnlyGood(good, List.of(
                it -> it.getConvertRunsBuilder().getReplacementBuilder().getMadeBuilder()
                        .setPosition(1),
                it -> it.getConvertRunsBuilder().getReplacementBuilder().getMadeBuilder()
                        .setLength(1),
                it -> it.getConvertRunsBuilder().getFileBuilder().getHistoryBuilder()
                        .setTopic(it.getConvertRuns().getFile().getHistory().getId()),
                it -> it.getConvertRunsBuilder().getFileBuilder().clearHistory()));
    }

    @Test
    void transactionsAreOfProducersThatThereCanBe() {
        assertOnlyGood(new InitTransactionalId(ID, 1_000, Optional.of(PRODUCER), 8), List.of(
                it -> it.getInitTransactionalIdBuilder().setTimeoutMillis(0),
                it -> it.getInitTransactionalIdBuilder().setSpareProducerId(-1),
                it -> it.getInitTransactionalIdBuilder().setExpectedProducerEpoch(1 << 15),
                it -> it.getInitTransactionalIdBuilder().clearTransactionalId()));
        assertOnlyGood(new EndTransaction(ID, PRODUCER, true,
                new EndTransaction.Succession.Later(8),
                new EndTransaction.End(new UUID(9, 9), 5_000, 1_000)),
                List.of(
                        it -> it.getEndTransactionBuilder().setLaterSpareProducerId(-1),
                        it -> it.getEndTransactionBuilder().setTimestampMillis(-1),
                        it -> it.getEndTransactionBuilder().clearSuccession()));
        assertOnlyGood(new ReserveProducerIds(1), List.of(
                it -> it.getReserveProducerIdsBuilder().setCount(0),
                it -> it.getReserveProducerIdsBuilder().setCount(-1),
                it -> it.getReserveProducerIdsBuilder().setCount(1_000_001)));
    }

    @Test
    void shardsAreWrittenByWhoeverTookThem() {
        assertOnlyGood(new WriteGroupRecords(new GroupShard(0),
                new WriteGroupRecords.Turn(1, 1), List.of(), Optional.empty()),
                List.of(
                        it -> it.getWriteGroupRecordsBuilder().setEpoch(0),
                        it -> it.getWriteGroupRecordsBuilder().setNumber(0),
                        it -> it.getWriteGroupRecordsBuilder().setShard(50)));
    }

    @Test
    void topicsAreThoseThatThereCanBe() {
        assertOnlyGood(new CreateTopic(ORDERS.topic(),
                new TopicName("orders"), 1),
                List.of(
                        it -> it.getCreateTopicBuilder().setPartitions(0),
                        it -> it.getCreateTopicBuilder().setName("a/b"),
                        it -> it.getCreateTopicBuilder().clearId(),
                        it -> it.getCreateTopicBuilder().addConfigsBuilder()));
    }

    private static io.cordwood.manifest.proto.SegmentRun.Builder run(
            io.cordwood.manifest.proto.Proposal.Builder proposal) {
        return proposal.getCommitSegmentBuilder().getUploadedBuilder().getRunsBuilder(0);
    }

    private static CommitSegment commit(Cargo cargo) {
        return new CommitSegment(new UUID(2, 2), WalState.NOBODY, 1, cargo);
    }

    /** A segment with a run of two batches. */
    private static Segment segment() {
        SegmentBuilder builder = new SegmentBuilder(new UUID(3, 3));
        builder.add(ORDERS, SegmentForge.batch(
                new ProducerSequence(7, (short) 0, 0, Membership.MEMBER), 2));
        builder.add(ORDERS, SegmentForge.batch(0, 3));
        return builder.build();
    }

    private static void assertOnlyGood(Proposal<?> good, List<Change> changes) {
        Bytes segment = good instanceof CommitSegment commit && !commit.cargo().inline().isEmpty()
                ? commit.cargo().inline().getFirst()
                : Bytes.of();

        assertThat(ProposalCodec.decode(message(good, it -> {}, segment)))
                .hasSameClassAs(good);
        for (Change change : changes) {
            assertCorrupt(message(good, change, segment));
        }
    }

    private static void assertCorrupt(ByteBuffer message) {
        assertThatThrownBy(() -> ProposalCodec.decode(message))
                .isInstanceOf(CorruptException.class);
    }

    /** What a node would send that thinks otherwise. */
    private static ByteBuffer message(Proposal<?> proposal, Change change,
            Bytes segment) {
        var proto = ProtoProposals.toProto(proposal).toBuilder();
        change.make(proto);
        byte[] body = proto.build().toByteArray();
        return ProposalScrutiny.sealed(ByteBuffer.allocate(8 + body.length + segment.size())
                .putInt(0).putInt(body.length).put(body).put(segment.copy()).flip());
    }

    /** What is wrong with a message. */
    private interface Change {

        void make(io.cordwood.manifest.proto.Proposal.Builder proposal);
    }
}
