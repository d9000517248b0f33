package io.cordwood.manifest.commit;

import com.google.protobuf.InvalidProtocolBufferException;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.object.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of a proposal on its way from the node that proposes to the committer. They are kept
 * nowhere.
 *
 * <pre>
 *  0     4             8
 *  +-----+-------------+------+---------+
 *  | CRC | body length | body | segment |
 *  +-----+-------------+------+---------+
 * </pre>
 *
 * All numbers are big-endian. The CRC-32C covers everything after itself: what a network changed
 * would be acknowledged otherwise, or take the place of what is good. The body is a
 * {@code Proposal} of proposal.proto. The segment is that of a {@link Cargo.Enclosed}; nothing
 * follows the body of any other proposal.
 */
public final class ProposalCodec {

    /** The most bytes of a proposal: it is to become part of an entry. */
    public static final int SIZE_MAX = EntryCodec.SIZE_MAX;

    private static final int BODY_LENGTH = 4;
    private static final int BODY = 8;

    private ProposalCodec() {}

    /** Encodes a proposal. The segment that it may enclose is not copied. */
    public static Bytes encode(Proposal<?> proposal) {
        byte[] body = ProtoProposals.toProto(proposal).toByteArray();
        List<Bytes> segment = enclosed(proposal);
        Invariant.check((long) BODY + body.length + size(segment) <= SIZE_MAX,
                "a proposal that is sent can be read: %d bytes", body.length);
        ByteBuffer head = ByteBuffer.allocate(BODY).putInt(0).putInt(body.length).flip();
        List<ByteBuffer> slices = new ArrayList<>();
        slices.add(head.slice(BODY_LENGTH, Integer.BYTES));
        slices.add(ByteBuffer.wrap(body));
        segment.forEach(bytes -> slices.addAll(bytes.slices()));
        head.putInt(0, Bytes.of(slices).crc32c());
        slices.set(0, head);
        return Bytes.of(slices);
    }

    /**
     * Reads a proposal. The segment that it may enclose is not copied: nobody may change the bytes
     * after that.
     *
     * @throws CorruptException when they are not a proposal, or one that this version does not know
     */
    public static Proposal<?> decode(ByteBuffer bytes) {
        ByteBuffer message = bytes.slice();
        require(message.remaining() >= BODY, "it is cut short");
        require(message.remaining() <= SIZE_MAX, "it is larger than any");
        require(crc(message) == message.getInt(0), "its checksum differs");
        int bodyLength = message.getInt(BODY_LENGTH);
        int segmentLength = message.remaining() - BODY - bodyLength;
        require(bodyLength >= 0 && segmentLength >= 0, "its length differs from its size");
        Proposal<?> proposal = parse(message.slice(BODY, bodyLength),
                Bytes.of(message.slice(BODY + bodyLength, segmentLength)));
        require(size(enclosed(proposal)) == segmentLength, "something follows it");
        return proposal;
    }

    private static Proposal<?> parse(ByteBuffer body, Bytes segment) {
        try {
            return ProtoProposals.fromProto(
                    io.cordwood.manifest.proto.Proposal.parseFrom(body), segment);
        } catch (InvalidProtocolBufferException | IllegalArgumentException
                | RejectedException bad) {
            throw new CorruptException("a proposal is damaged: " + bad.getMessage(), bad);
        }
    }

    /** The segment that travels behind the body: none or one. */
    private static List<Bytes> enclosed(Proposal<?> proposal) {
        return proposal instanceof CommitSegment commit ? commit.cargo().inline() : List.of();
    }

    private static long size(List<Bytes> segment) {
        return segment.stream().mapToLong(Bytes::size).sum();
    }

    private static int crc(ByteBuffer message) {
        CRC32C crc = new CRC32C();
        crc.update(message.slice(BODY_LENGTH, message.remaining() - BODY_LENGTH));
        return (int) crc.getValue();
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new CorruptException("a proposal is damaged: " + complaint);
        }
    }
}
