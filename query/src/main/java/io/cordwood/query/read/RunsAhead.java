package io.cordwood.query.read;

import io.cordwood.history.file.StoredHistory;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.manifest.state.HistoryRef;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;
import io.cordwood.query.plan.AheadPiece;
import io.cordwood.store.object.ObjectStore;

/** Asks for parts of runs that will soon be read, and waits for nothing. Keeps nothing. */
public final class RunsAhead {

    private final ObjectStore store;
    private final HistoryReader history;

    public RunsAhead(ObjectStore store, HistoryReader history) {
        this.store = store;
        this.history = history;
    }

    /** Asks for a piece. If that fails, whoever reads it asks again, and is told. */
    public void ask(AheadPiece piece) {
        Run run = piece.run();
        switch (run.home()) {
            case SegmentRef segment -> store.fetchAhead(run.key(), segment.range(
                    run.position() + piece.position(), piece.end() - piece.position()));
            case HistoryRef file -> history.tail(StoredHistory.of(run, file))
                    .onSuccess(tail -> history.fetchAhead(tail, run.baseOffset() + piece.position(),
                            run.baseOffset() + piece.end()));
        }
    }
}
