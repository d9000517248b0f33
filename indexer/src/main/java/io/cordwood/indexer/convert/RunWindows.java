package io.cordwood.indexer.convert;

import io.cordwood.manifest.state.Run;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.Workers;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The batches of a run as a segment holds them, some at a time, with their offsets filled in. Fails
 * with {@link CorruptException} where there is something else than batches.
 */
final class RunWindows implements BatchPieces {

    /** Several times the largest batch. */
    private static final int WINDOW_BYTES = 4 << 20;

    /** Offsets never diverge, so there is only one. */
    private static final int LEADER_EPOCH = 0;

    private final ObjectStore store;
    private final Workers workers;
    private final Run run;
    private int position;
    private long offset;

    RunWindows(ObjectStore store, Workers workers, Run run) {
        this.store = store;
        this.workers = workers;
        this.run = run;
        this.offset = run.baseOffset();
    }

    @Override
    public Future<Optional<ByteBuffer>> next() {
        int length = Math.min(WINDOW_BYTES, run.length() - position);
        if (length == 0) {
            return Future.succeededFuture(Optional.empty());
        }
        ByteRange range = run.segment().range(run.position() + position, length);
        return store.get(run.key(), range)
                .compose(bytes -> workers.call(() -> Optional.of(whole(bytes.slice(), length))));
    }

    /** The whole batches of a window; the last one may be cut. */
    private ByteBuffer whole(ByteBuffer window, int length) {
        check(window.remaining() == length, "it is shorter than it should be");
        int end = 0;
        while (isWhole(window, end)) {
            BatchHeader header = new BatchHeader(window, end);
            header.assign(offset, LEADER_EPOCH);
            offset = header.lastOffset() + 1;
            end += header.batchSize();
        }
        position += end;
        check(end == length || (end > 0 && position - end + length < run.length()),
                "it ends within a batch");
        check(position < run.length() || offset == run.endOffset(), "it ends at offset " + offset);
        return window.slice(0, end);
    }

    private boolean isWhole(ByteBuffer window, int at) {
        int left = window.capacity() - at;
        if (left < BatchHeader.SIZE) {
            return false;
        }
        int size = new BatchHeader(window, at).batchSize();
        check(size >= BatchHeader.SIZE, "it has a batch of " + size + " bytes");
        return size <= left;
    }

    private void check(boolean holds, String complaint) {
        if (!holds) {
            throw new CorruptException("the run at offset " + run.baseOffset() + " in " + run.key()
                    + " is damaged: " + complaint);
        }
    }
}
