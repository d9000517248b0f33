package io.cordwood.indexer.convert;

import io.cordwood.manifest.state.Run;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.batch.BatchHeader;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The batches of a run as a segment holds them, one by one, with their offsets filled in. */
final class RunBatches {

    /** Offsets never diverge, so there is only one. */
    private static final int LEADER_EPOCH = 0;

    private final Run run;
    private final ByteBuffer bytes;
    private int position;
    private long offset;

    /**
     * The batches of a run.
     *
     * @param bytes all of the run, and nothing else; they are changed
     */
    RunBatches(Run run, ByteBuffer bytes) {
        this.run = run;
        this.bytes = bytes.slice();
        this.offset = run.baseOffset();
        check(this.bytes.capacity() == run.length(), "it is shorter than it should be");
    }

    /**
     * The next one; empty at the end of the run.
     *
     * @throws CorruptException when there is something else than a batch
     */
    Optional<ByteBuffer> next() {
        int left = bytes.capacity() - position;
        if (left == 0) {
            check(offset == run.endOffset(), "it ends at offset " + offset);
            return Optional.empty();
        }
        check(left >= BatchHeader.SIZE, "it ends within a batch");
        BatchHeader header = new BatchHeader(bytes, position);
        int size = header.batchSize();
        check(size >= BatchHeader.SIZE && size <= left, "it has a batch of " + size + " bytes");
        header.assign(offset, LEADER_EPOCH);
        offset = header.lastOffset() + 1;
        ByteBuffer batch = bytes.slice(position, size);
        position += size;
        return Optional.of(batch);
    }

    private void check(boolean holds, String complaint) {
        if (!holds) {
            throw new CorruptException("the run at offset " + run.baseOffset() + " in " + run.key()
                    + " is damaged: " + complaint);
        }
    }
}
