package io.cordwood.indexer.convert;

import io.cordwood.history.file.StoredHistory;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.history.read.HistoryTail;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The batches of a history file, rebuilt piece by piece. */
final class FilePieces implements BatchPieces {

    private static final int FETCH_BYTES = 4 << 20;

    private final HistoryReader history;
    private final StoredHistory stored;
    private Optional<HistoryTail> tail = Optional.empty();
    private long offset;

    FilePieces(HistoryReader history, StoredHistory stored) {
        this.history = history;
        this.stored = stored;
        this.offset = stored.file().baseOffset();
    }

    @Override
    public Future<Optional<ByteBuffer>> next() {
        return offset >= stored.file().nextOffset()
                ? Future.succeededFuture(Optional.empty())
                : tail().compose(found -> history.fetch(found, offset, FETCH_BYTES))
                        .map(fetched -> {
                            offset = fetched.nextOffset();
                            return Optional.of(fetched.batches());
                        });
    }

    private Future<HistoryTail> tail() {
        return tail.map(Future::succeededFuture)
                .orElseGet(() -> history.tail(stored)
                        .onSuccess(found -> tail = Optional.of(found)));
    }
}
