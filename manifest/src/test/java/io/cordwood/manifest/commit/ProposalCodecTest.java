package io.cordwood.manifest.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.RandomHistory;
import io.cordwood.manifest.state.WalState;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentForge;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProposalCodecTest {

    private static final Set<Class<?>> KINDS = Set.of(Proposal.class.getPermittedSubclasses());

    @Test
    void everyKindOfProposalIsAmongTheSamples() {
        List<Proposal<?>> samples = new RandomProposals(new Random(1))
                .ofEveryKind(ManifestState.EMPTY);

        assertThat(samples).extracting(Object::getClass).containsOnlyOnceElementsOf(KINDS.stream()
                .filter(kind -> kind != CommitSegment.class).toList());
        assertThat(samples).filteredOn(CommitSegment.class::isInstance)
                .<Class<?>>extracting(commit -> ((CommitSegment) commit).cargo().getClass())
                .containsExactlyInAnyOrder(Cargo.class.getPermittedSubclasses());
    }

    @Test
    void whatIsSentIsRead() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            for (Proposal<?> sent : samples(random, state(random))) {
                Proposal<?> read = ProposalCodec.decode(ProposalCodec.encode(sent).copy());

                assertThat(withBytesOf(sent, read)).as("seed %d", seed).isEqualTo(sent);
            }
        }
    }

    @Test
    void whatIsReadIsDecidedAsWhatWasSent() {
        Set<Class<?>> accepted = new HashSet<>();

        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            ManifestState state = state(random);
            int inlinePosition = random.nextInt(1 << 20);
            for (Proposal<?> sent : samples(random, state)) {
                Proposal<?> read = ProposalCodec.decode(ProposalCodec.encode(sent).copy());

                Decision<?> decision = read.decide(state, inlinePosition);

                assertThat(DecisionView.of(decision)).as("seed %d: %s", seed, sent)
                        .isEqualTo(DecisionView.of(sent.decide(state, inlinePosition)));
                assertThat(read.entrySizeMax(state)).isEqualTo(sent.entrySizeMax(state));
                if (decision instanceof Decision.Accepted<?>) {
                    accepted.add(read.getClass());
                }
            }
        }

        assertThat(accepted).as("each kind must have been accepted once").isEqualTo(KINDS);
    }

    @Test
    void theSegmentIsNotCopiedWhenItIsSent() {
        byte[] memory = SegmentForge.segment(new UUID(3, 3),
                List.of(new PartitionId(new UUID(1, 1), 0)), 4).bytes().copy().array();
        Segment segment = segment(Bytes.wrap(memory));

        Bytes encoded = ProposalCodec.encode(commit(segment));
        memory[memory.length - 1] = 77;

        assertThat(encoded.slices().getLast()).isEqualTo(ByteBuffer.wrap(memory));
    }

    @Test
    void theSegmentIsNotCopiedWhenItIsRead() {
        Segment segment = SegmentForge.segment(new UUID(3, 3),
                List.of(new PartitionId(new UUID(1, 1), 0)), 4);
        ByteBuffer encoded = ProposalCodec.encode(commit(segment)).copy();
        ByteBuffer message = ByteBuffer.allocate(encoded.remaining() + 3).put(new byte[3])
                .put(encoded).position(3);

        Proposal<?> read = ProposalCodec.decode(message);
        message.put(message.limit() - 1, (byte) 77);

        assertThat(message.position()).isEqualTo(3);
        assertThat(((CommitSegment) read).cargo().inline().getFirst().copy())
                .isEqualTo(message.slice(message.limit() - segment.bytes().size(),
                        segment.bytes().size()));
    }

    @Test
    void everyFlippedBitIsFound() {
        Random random = new Random(7);
        for (Proposal<?> sent : samples(random, state(random))) {
            ByteBuffer good = ProposalCodec.encode(sent).copy();
            for (int position = 0; position < good.remaining(); position++) {
                for (int bit = 0; bit < 8; bit++) {
                    ByteBuffer damaged = copy(good);
                    damaged.put(position, (byte) (damaged.get(position) ^ (1 << bit)));

                    assertCorrupt(damaged);
                }
            }
        }
    }

    @Test
    void everyCutIsFoundAndSoIsWhatFollows() {
        Random random = new Random(7);
        for (Proposal<?> sent : samples(random, state(random))) {
            ByteBuffer good = ProposalCodec.encode(sent).copy();
            for (int size = 0; size < good.remaining(); size++) {
                ByteBuffer cut = good.slice(0, size);

                assertCorrupt(cut);
                if (size >= 8) {
                    assertCorrupt(ProposalScrutiny.sealed(cut));
                }
            }
            assertCorrupt(ProposalScrutiny.sealed(ByteBuffer.allocate(good.remaining() + 1)
                    .put(good.duplicate()).rewind()));
        }
    }

    @Test
    void whateverElseIsSentIsCorruptOrCanBeJudged() {
        int proposals = 0;
        int all = 0;

        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            ManifestState state = state(random);
            for (Proposal<?> sent : samples(random, state)) {
                ByteBuffer good = ProposalCodec.encode(sent).copy();
                for (int i = 0; i < 20; i++, all++) {
                    ByteBuffer bytes = changed(random, good);

                    Optional<Proposal<?>> read = ProposalScrutiny.of(bytes, state);

                    proposals += read.isPresent() ? 1 : 0;
                }
            }
        }

        assertThat(proposals).isBetween(all / 10, all * 9 / 10);
    }

    @Test
    void lengthsThatLieAreFound() {
        ByteBuffer good = ProposalCodec.encode(new ForgetProducers(5)).copy();

        for (int lie : new int[]{-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0}) {
            assertCorrupt(ProposalScrutiny.sealed(copy(good).putInt(4, lie)));
        }
    }

    @Test
    void aKindOfANewerVersionIsRefusedLoudly() {
        byte[] body = io.cordwood.manifest.proto.Proposal.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder().addField(99,
                        UnknownFieldSet.Field.newBuilder().addVarint(1).build()).build())
                .build().toByteArray();
        ByteBuffer message = ByteBuffer.allocate(8 + body.length).putInt(0).putInt(body.length)
                .put(body).flip();

        assertThatThrownBy(() -> ProposalCodec.decode(ProposalScrutiny.sealed(message)))
                .isInstanceOf(CorruptException.class).hasMessageContaining("newer");
    }

    @Test
    void aProposalThatNobodyCouldReadIsNotSent() {
        GroupRecord record = GroupRecord.copyOf(ByteBuffer.allocate(16 << 20), Optional.empty());
        WriteGroupRecords proposal = new WriteGroupRecords(new GroupShard(1),
                new WriteGroupRecords.Turn(1, 1), Collections.nCopies(4, record),
                Optional.empty());

        assertThatThrownBy(() -> ProposalCodec.encode(proposal))
                .isInstanceOf(AssertionError.class);
    }

    private static List<Proposal<?>> samples(Random random, ManifestState state) {
        return new RandomProposals(random).ofEveryKind(state);
    }

    private static ManifestState state(Random random) {
        RandomHistory history = new RandomHistory(random);
        for (int i = random.nextInt(100); i > 0; i--) {
            history.step();
        }
        return history.state();
    }

    /** The same with some bits of the body or its length changed, under a checksum that fits. */
    private static ByteBuffer changed(Random random, ByteBuffer good) {
        ByteBuffer bytes = copy(good);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int position = random.nextInt(7, 8 + good.getInt(4));
            bytes.put(position, random.nextInt(4) == 0
                    ? (byte) random.nextInt()
                    : (byte) (bytes.get(position) ^ (1 << random.nextInt(8))));
        }
        return ProposalScrutiny.sealed(bytes);
    }

    private static CommitSegment commit(Segment segment) {
        return new CommitSegment(new UUID(2, 2), WalState.NOBODY, 1, new Cargo.Enclosed(segment));
    }

    /** The segment of the forge, of other bytes than its own. */
    private static Segment segment(Bytes bytes) {
        Segment forged = SegmentForge.segment(new UUID(3, 3),
                List.of(new PartitionId(new UUID(1, 1), 0)), 4);
        return new Segment(forged.id(), bytes, forged.index(), forged.runs(), forged.batches());
    }

    /** What was read, in the memory of what was sent where it holds the same bytes. */
    private static Proposal<?> withBytesOf(Proposal<?> sent, Proposal<?> read) {
        if (!(sent instanceof CommitSegment original && read instanceof CommitSegment commit
                && original.cargo() instanceof Cargo.Enclosed theirs
                && commit.cargo() instanceof Cargo.Enclosed ours)) {
            return read;
        }
        assertThat(ours.segment().bytes().copy()).isEqualTo(theirs.segment().bytes().copy());
        return new CommitSegment(commit.wal(), commit.owner(), commit.number(), new Cargo.Enclosed(
                new Segment(ours.segment().id(), theirs.segment().bytes(),
                        ours.segment().index(), ours.segment().runs(),
                        ours.segment().batches())));
    }

    private static void assertCorrupt(ByteBuffer bytes) {
        assertThatThrownBy(() -> ProposalCodec.decode(bytes))
                .isInstanceOf(CorruptException.class);
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }
}
