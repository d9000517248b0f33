package io.cordwood.server.cluster;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.cordwood.cluster.FromCommitter;
import io.cordwood.cluster.ToCommitter;
import io.cordwood.manifest.commit.ProposalCodec;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.ProtoIds;
import io.cordwood.runtime.CorruptException;
import io.cordwood.server.cluster.proto.ClusterProto;
import io.cordwood.server.cluster.proto.ClusterProto.Hello;
import io.cordwood.server.cluster.proto.ClusterProto.Propose;
import io.cordwood.server.cluster.proto.ClusterProto.StillThere;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import java.nio.ByteBuffer;

/**
 * What nodes say to each other, as messages of cluster.proto. The bytes of entries and of enclosed
 * segments are not copied here: nobody may change them after that.
 */
final class ClusterMessages {

    /** The most bytes of a message: that of an entry or a proposal, and what is around it. */
    static final int SIZE_MAX = Math.max(EntryCodec.SIZE_MAX, ProposalCodec.SIZE_MAX) + (1 << 10);

    /** What one who attends says and hears. */
    static final Language<ToCommitter, FromCommitter> OF_ATTENDANT = new Language<>(
            ClusterMessages::toProto, ClusterMessages::fromCommitter);

    /** What the committer says and hears. */
    static final Language<FromCommitter, ToCommitter> OF_COMMITTER = new Language<>(
            ClusterMessages::toProto, ClusterMessages::toCommitter);

    private ClusterMessages() {}

    private static MessageLite toProto(ToCommitter message) {
        ClusterProto.ToCommitter.Builder proto = ClusterProto.ToCommitter.newBuilder();
        return switch (message) {
            case ToCommitter.Hello hello -> proto.setHello(Hello.newBuilder()
                    .setProcess(ProtoIds.toBytes(hello.process())).setEpoch(hello.epoch()))
                    .build();
            case ToCommitter.Propose propose -> proto.setPropose(Propose.newBuilder()
                    .setNumber(propose.number())
                    .setProposal(join(ProposalCodec.encode(propose.proposal())))).build();
            case ToCommitter.Alive() -> proto.setAlive(StillThere.getDefaultInstance()).build();
        };
    }

    private static MessageLite toProto(FromCommitter message) {
        ClusterProto.FromCommitter.Builder proto = ClusterProto.FromCommitter.newBuilder();
        return switch (message) {
            case FromCommitter.Welcome welcome -> proto.setWelcome(ClusterProto.Welcome
                    .newBuilder().setReceivedNumber(welcome.receivedNumber())
                    .setSequence(welcome.sequence())).build();
            case FromCommitter.Entry entry -> proto.setEntry(ClusterProto.Entry.newBuilder()
                    .setSequence(entry.sequence())
                    .setObject(UnsafeByteOperations.unsafeWrap(entry.object()))).build();
            case FromCommitter.Judged judged -> proto.setJudged(ClusterProto.Judged.newBuilder()
                    .setNumber(judged.number()).setSequence(judged.sequence())).build();
            case FromCommitter.Alive alive -> proto.setAlive(ClusterProto.Alive.newBuilder()
                    .setSequence(alive.sequence())).build();
        };
    }

    private static ToCommitter toCommitter(byte[] bytes) {
        ClusterProto.ToCommitter proto = parse(ClusterProto.ToCommitter.parser(), bytes);
        return switch (proto.getMessageCase()) {
            case HELLO -> hello(proto.getHello());
            case PROPOSE -> new ToCommitter.Propose(number(proto.getPropose().getNumber()),
                    ProposalCodec.decode(view(proto.getPropose().getProposal())));
            case ALIVE -> new ToCommitter.Alive();
            case MESSAGE_NOT_SET -> throw unknown(proto);
        };
    }

    private static ToCommitter hello(Hello hello) {
        try {
            return new ToCommitter.Hello(ProtoIds.fromBytes(hello.getProcess()),
                    number(hello.getEpoch()));
        } catch (IllegalArgumentException bad) {
            throw new CorruptException("a node's message is damaged: " + bad.getMessage(), bad);
        }
    }

    private static FromCommitter fromCommitter(byte[] bytes) {
        ClusterProto.FromCommitter proto = parse(ClusterProto.FromCommitter.parser(), bytes);
        return switch (proto.getMessageCase()) {
            case WELCOME -> new FromCommitter.Welcome(
                    number(proto.getWelcome().getReceivedNumber()),
                    number(proto.getWelcome().getSequence()));
            case ENTRY -> new FromCommitter.Entry(number(proto.getEntry().getSequence()),
                    view(proto.getEntry().getObject()));
            case JUDGED -> new FromCommitter.Judged(number(proto.getJudged().getNumber()),
                    number(proto.getJudged().getSequence()));
            case ALIVE -> new FromCommitter.Alive(number(proto.getAlive().getSequence()));
            case MESSAGE_NOT_SET -> throw unknown(proto);
        };
    }

    /** A part of an object, as it is asked for. */
    static byte[] encode(SharedRange asked) {
        return ClusterProto.ReadRequest.newBuilder().setKey(asked.key().value())
                .setPosition(asked.range().position()).setLength(asked.range().length()).build()
                .toByteArray();
    }

    /** Throws {@link CorruptException} for what is no request, and for what is not shared. */
    static SharedRange sharedRange(byte[] bytes) {
        ClusterProto.ReadRequest proto = parse(ClusterProto.ReadRequest.parser(), bytes);
        try {
            return new SharedRange(new ObjectKey(proto.getKey()),
                    new ByteRange(proto.getPosition(), proto.getLength()));
        } catch (IllegalArgumentException bad) {
            throw new CorruptException("a node asks for what is not shared: " + bad.getMessage(),
                    bad);
        }
    }

    /** A piece of what was read. */
    static byte[] encode(ByteBuffer piece) {
        return ClusterProto.ReadAnswer.newBuilder()
                .setCrc32C(Bytes.of(piece).crc32c())
                .setContent(UnsafeByteOperations.unsafeWrap(piece)).build().toByteArray();
    }

    /**
     * A piece of what was read: a view of the message. Throws {@link CorruptException} for what is
     * not what was sent.
     */
    static ByteBuffer piece(byte[] bytes) {
        ClusterProto.ReadAnswer proto = parse(ClusterProto.ReadAnswer.parser(), bytes);
        ByteBuffer piece = view(proto.getContent());
        if (Bytes.of(piece).crc32c() != proto.getCrc32C()) {
            throw new CorruptException("a node's answer is damaged");
        }
        return piece;
    }

    /** The bytes within the message are views of the array. */
    private static <T extends MessageLite> T parse(Parser<T> parser, byte[] bytes) {
        try {
            CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            input.enableAliasing(true);
            T message = parser.parseFrom(input);
            input.checkLastTagWas(0);
            return message;
        } catch (InvalidProtocolBufferException malformed) {
            throw new CorruptException("a node's message is damaged: " + malformed.getMessage(),
                    malformed);
        }
    }

    /** All our numbers count upwards from 0, and none has 64 bits. */
    private static long number(long number) {
        if (number < 0) {
            throw new CorruptException("a node's message is damaged: it has the number "
                    + Long.toUnsignedString(number));
        }
        return number;
    }

    private static ByteString join(Bytes bytes) {
        ByteString joined = ByteString.EMPTY;
        for (ByteBuffer slice : bytes.slices()) {
            joined = joined.concat(UnsafeByteOperations.unsafeWrap(slice));
        }
        return joined;
    }

    private static ByteBuffer view(ByteString bytes) {
        return bytes.asReadOnlyByteBuffer();
    }

    private static CorruptException unknown(Message message) {
        return message.getUnknownFields().asMap().isEmpty()
                ? new CorruptException("a node's message is damaged: it is empty")
                : new CorruptException("a node says what is not known here, in fields "
                        + message.getUnknownFields().asMap().keySet()
                        + ": it may be of another version");
    }
}
