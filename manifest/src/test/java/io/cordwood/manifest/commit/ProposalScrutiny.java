package io.cordwood.manifest.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.AllocationBound;
import io.cordwood.runtime.CorruptException;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/** What holds of all bytes that a committer may be sent. */
final class ProposalScrutiny {

    private static final int CRC_SIZE = 4;

    private ProposalScrutiny() {}

    /**
     * They are corrupt, or a proposal that can be judged and written into an entry, and is sent
     * alike.
     *
     * @return the proposal, if they are one
     */
    static Optional<Proposal<?>> of(ByteBuffer bytes, ManifestState state) {
        ByteBuffer untouched = bytes.duplicate();
        AllocationBound bound = new AllocationBound((1 << 20) + 64L * bytes.remaining());

        Optional<Proposal<?>> proposal = bound.hold(() -> decode(bytes));

        assertThat(bytes).isEqualTo(untouched);
        if (proposal.isPresent()) {
            draft(proposal.get(), state);
            ByteBuffer again = ProposalCodec.encode(proposal.get()).copy();
            assertThat(ProposalCodec.encode(ProposalCodec.decode(again)).copy()).isEqualTo(again);
        }
        return proposal;
    }

    private static Optional<Proposal<?>> decode(ByteBuffer bytes) {
        try {
            return Optional.of(ProposalCodec.decode(bytes));
        } catch (CorruptException corrupt) {
            return Optional.empty();
        }
    }

    private static <T> void draft(Proposal<T> proposal, ManifestState state) {
        EntryDraft draft = new EntryDraft(state, new ManifestEntry.Head(state.sequence() + 1,
                state.position().committer(), new UUID(1, 1), state.position().epoch(),
                state.position().nonce()), Instant.EPOCH);

        draft.add(new Pending<>(proposal, Promise.promise(), Optional.empty()));

        assertThat(proposal.entrySizeMax(state)).isPositive();
        assertThat(draft.encode().bytes().size()).isPositive();
    }

    /** The bytes under a checksum that fits. */
    static ByteBuffer sealed(ByteBuffer bytes) {
        ByteBuffer sealed = ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
        CRC32C crc = new CRC32C();
        crc.update(sealed.slice(CRC_SIZE, sealed.remaining() - CRC_SIZE));
        return sealed.putInt(0, (int) crc.getValue());
    }
}
