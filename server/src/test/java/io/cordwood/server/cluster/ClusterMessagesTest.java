package io.cordwood.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.cordwood.cluster.FromCommitter;
import io.cordwood.cluster.ToCommitter;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.commit.ReserveProducerIds;
import io.cordwood.manifest.commit.WriteGroupRecords;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.CorruptException;
import io.cordwood.server.cluster.proto.ClusterProto;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ClusterMessagesTest {

    private static final List<ToCommitter> TO_COMMITTER = List.of(
            new ToCommitter.Hello(new UUID(Long.MIN_VALUE, -1), 0),
            new ToCommitter.Hello(new UUID(1, 2), Long.MAX_VALUE),
            new ToCommitter.Propose(1, new ReserveProducerIds(1)),
            new ToCommitter.Propose(Long.MAX_VALUE,
                    new CreateTopic(new UUID(3, 4), new TopicName("orders"), 3)),
            new ToCommitter.Propose(7, new WriteGroupRecords(new GroupShard(1),
                    new WriteGroupRecords.Turn(1, 2),
                    List.of(new GroupRecord(ByteString.copyFromUtf8("k"), Optional.empty())),
                    Optional.empty())),
            new ToCommitter.Alive());

    private static final List<FromCommitter> FROM_COMMITTER = List.of(
            new FromCommitter.Welcome(0, 0),
            new FromCommitter.Welcome(5, Long.MAX_VALUE),
            new FromCommitter.Entry(6, ByteBuffer.wrap(new byte[]{1, 2, 3})),
            new FromCommitter.Entry(0, ByteBuffer.allocate(0)),
            new FromCommitter.Judged(7, 8),
            new FromCommitter.Alive(9));

    @Test
    void everyKindIsAmongTheSamples() {
        assertThat(TO_COMMITTER).<Class<?>>extracting(Object::getClass)
                .contains(ToCommitter.class.getPermittedSubclasses());
        assertThat(FROM_COMMITTER).<Class<?>>extracting(Object::getClass)
                .contains(FromCommitter.class.getPermittedSubclasses());
    }

    @Test
    void whatIsSaidIsHeard() {
        assertThat(TO_COMMITTER).allSatisfy(said -> assertThat(toCommitter(bytes(said)))
                .isEqualTo(said));
        assertThat(FROM_COMMITTER).allSatisfy(said -> assertThat(fromCommitter(bytes(said)))
                .isEqualTo(said));
    }

    @Test
    void theLargestEntryFits() {
        FromCommitter entry = new FromCommitter.Entry(Long.MAX_VALUE,
                ByteBuffer.allocate(EntryCodec.SIZE_MAX));

        assertThat(ClusterMessages.OF_COMMITTER.encode().apply(entry).getSerializedSize())
                .isLessThanOrEqualTo(ClusterMessages.SIZE_MAX);
    }

    @Test
    void whatIsAskedForAndAnsweredArrives() {
        SharedRange asked = new SharedRange(new ObjectKey("segments/00/one"),
                new ByteRange(Long.MAX_VALUE - (8 << 20), 8 << 20));
        ByteBuffer piece = ByteBuffer.wrap(new byte[]{0, 1, 2, 3, 4}, 1, 3);

        assertThat(ClusterMessages.sharedRange(ClusterMessages.encode(asked))).isEqualTo(asked);
        assertThat(ClusterMessages.piece(ClusterMessages.encode(piece)))
                .isEqualTo(ByteBuffer.wrap(new byte[]{1, 2, 3}));
    }

    @Test
    void aPieceIsWhatWasSentOrDamaged() {
        byte[] message = ClusterMessages.encode(ByteBuffer.wrap(new byte[]{1, 2, 3}));

        for (int i = 0; i < message.length; i++) {
            byte[] damaged = message.clone();
            damaged[i] ^= 1;
            assertThatThrownBy(() -> ClusterMessages.piece(damaged))
                    .isInstanceOf(CorruptException.class);
        }
    }

    @Test
    void theBytesOfAnEntryAreNotCopied() {
        byte[] object = {1, 2, 3};
        byte[] message = bytes(new FromCommitter.Entry(6, ByteBuffer.wrap(object)));

        FromCommitter.Entry heard = (FromCommitter.Entry) fromCommitter(message);
        message[message.length - 1] = 9;

        assertThat(heard.object()).isEqualTo(ByteBuffer.wrap(new byte[]{1, 2, 9}));
    }

    @Test
    void nobodyMovesInTheBytesOfAnEntryThatIsSent() {
        ByteBuffer object = ByteBuffer.wrap(new byte[]{0, 1, 2, 3}, 1, 3);

        byte[] message = bytes(new FromCommitter.Entry(6, object));

        assertThat(object.remaining()).isEqualTo(3);
        assertThat(fromCommitter(message)).isEqualTo(new FromCommitter.Entry(6, object));
    }

    @Test
    void whatIsDamagedIsCorruptOrAnotherMessageButNothingElse() {
        Random random = new Random(42);
        TO_COMMITTER.forEach(said -> damage(bytes(said), random,
                ClusterMessagesTest::toCommitter));
        FROM_COMMITTER.forEach(said -> damage(bytes(said), random,
                ClusterMessagesTest::fromCommitter));
    }

    private static void damage(byte[] message, Random random, Function<byte[], ?> decode) {
        for (int i = 0; i < message.length; i++) {
            hear(Arrays.copyOf(message, i), decode);
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] flipped = message.clone();
                flipped[i] ^= (byte) (1 << bit);
                hear(flipped, decode);
            }
        }
        for (int i = 0; i < 2_000; i++) {
            byte[] garbage = new byte[random.nextInt(64)];
            random.nextBytes(garbage);
            hear(garbage, decode);
        }
    }

    private static void hear(byte[] message, Function<byte[], ?> decode) {
        try {
            assertThat(decode.apply(message)).isNotNull();
        } catch (CorruptException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    @Test
    void aDamagedProposalIsCorrupt() {
        byte[] message = bytes(new ToCommitter.Propose(1, new ReserveProducerIds(5)));
        message[message.length - 1] ^= 1;

        assertThatThrownBy(() -> toCommitter(message)).isInstanceOf(CorruptException.class)
                .hasMessageContaining("its checksum differs");
    }

    @Test
    void nothingIsCorrupt() {
        assertThatThrownBy(() -> toCommitter(new byte[0])).isInstanceOf(CorruptException.class);
        assertThatThrownBy(() -> fromCommitter(new byte[0])).isInstanceOf(CorruptException.class);
    }

    @Test
    void whatALaterVersionSaysIsCorruptAndTheFieldIsNamed() {
        byte[] later = UnknownFieldSet.newBuilder().addField(77, UnknownFieldSet.Field.newBuilder()
                .addVarint(1).build()).build().toByteArray();

        assertThatThrownBy(() -> toCommitter(later)).isInstanceOf(CorruptException.class)
                .hasMessageContaining("[77]").hasMessageContaining("another version");
        assertThatThrownBy(() -> fromCommitter(later)).isInstanceOf(CorruptException.class)
                .hasMessageContaining("[77]").hasMessageContaining("another version");
    }

    @Test
    void whatALaterVersionAddsToAMessageIsLeftOut() {
        byte[] later = ClusterProto.FromCommitter.newBuilder().setAlive(ClusterProto.Alive
                .newBuilder().setSequence(5).setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(77, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build()))
                .build().toByteArray();

        assertThat(fromCommitter(later)).isEqualTo(new FromCommitter.Alive(5));
    }

    @Test
    void numbersThatNobodyCountsToAreCorrupt() {
        byte[] message = ClusterProto.FromCommitter.newBuilder()
                .setAlive(ClusterProto.Alive.newBuilder().setSequence(-1)).build().toByteArray();

        assertThatThrownBy(() -> fromCommitter(message)).isInstanceOf(CorruptException.class)
                .hasMessageContaining("18446744073709551615");
    }

    @Test
    void aProcessWithoutAnIdIsCorrupt() {
        byte[] message = ClusterProto.ToCommitter.newBuilder()
                .setHello(ClusterProto.Hello.newBuilder().setEpoch(1)).build().toByteArray();

        assertThatThrownBy(() -> toCommitter(message)).isInstanceOf(CorruptException.class)
                .hasMessageContaining("an id has 16 bytes, not 0");
    }

    private static byte[] bytes(ToCommitter message) {
        return ClusterMessages.OF_ATTENDANT.encode().apply(message).toByteArray();
    }

    private static byte[] bytes(FromCommitter message) {
        return ClusterMessages.OF_COMMITTER.encode().apply(message).toByteArray();
    }

    private static ToCommitter toCommitter(byte[] message) {
        return ClusterMessages.OF_COMMITTER.decode().apply(message);
    }

    private static FromCommitter fromCommitter(byte[] message) {
        return ClusterMessages.OF_ATTENDANT.decode().apply(message);
    }
}
