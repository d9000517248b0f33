package io.cordwood.query.read;

import io.cordwood.manifest.state.Run;
import io.cordwood.query.plan.FetchPlan;
import io.cordwood.query.plan.Slice;
import io.cordwood.query.plan.Start;
import io.cordwood.query.plan.Stretches;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.StoredRecord;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.segment.SegmentIndex;
import io.cordwood.store.segment.Stretch;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads runs from an object store. Keeps nothing. */
public final class RunReader {

    /** The longest run in bytes that is read from its beginning rather than by its index. */
    private static final int WHOLE_LENGTH_MAX = 128 << 10;

    private final ObjectStore store;

    public RunReader(ObjectStore store) {
        this.store = store;
    }

    /** Where to begin in a run to find an offset that it holds. */
    public Future<Start> seek(Run run, int runIndex, long offset) {
        int offsetDelta = (int) (offset - run.baseOffset());
        if (offsetDelta <= 0 || run.length() <= WHOLE_LENGTH_MAX) {
            return Future.succeededFuture(Start.ofRun(runIndex));
        }
        return stretches(run).map(stretches -> {
            if (stretches.isEmpty()) {
                return Start.ofRun(runIndex);
            }
            Stretch stretch = Stretches.atOffset(stretches, offsetDelta);
            return new Start(runIndex, stretch.position(), stretch.offsetDelta());
        });
    }

    /**
     * Carries out a plan: whole batches of an interval of offsets. The plan may go on behind the
     * interval, where nothing is read and the next offset does not lie.
     *
     * @param atLeastOne whether the first batch is read even if the plan does not hold all of it
     */
    public Future<Batches> read(FetchPlan plan, Interval wanted, boolean atLeastOne) {
        List<Future<ByteBuffer>> reads = new ArrayList<>(plan.slices().size());
        for (Slice slice : plan.slices()) {
            reads.add(store.get(slice.key(), slice.range()));
        }
        return Future.all(reads).compose(all -> assemble(plan, reads, wanted, atLeastOne));
    }

    private Future<Batches> assemble(FetchPlan plan, List<Future<ByteBuffer>> reads,
            Interval wanted, boolean atLeastOne) {
        List<ByteBuffer> parts = new ArrayList<>(reads.size());
        for (int i = 0; i < reads.size(); i++) {
            Slice slice = plan.slices().get(i);
            checkLength(slice, reads.get(i).result());
            Cut cut = Cut.of(slice, reads.get(i).result(), wanted);
            if (cut.missing() > 0 && parts.isEmpty() && atLeastOne) {
                return read(new FetchPlan(List.of(slice.withLength(cut.missing()))), wanted,
                        true);
            }
            if (cut.batches().hasRemaining()) {
                parts.add(cut.batches());
            }
            if (i == reads.size() - 1 || !slice.endsItsRun()
                    || cut.nextOffset() >= wanted.end()) {
                return Future.succeededFuture(new Batches(parts, cut.nextOffset(),
                        cut.position()));
            }
        }
        throw new AssertionError("broken: a plan has slices");
    }

    private static void checkLength(Slice slice, ByteBuffer bytes) {
        if (bytes.remaining() != slice.length()) {
            throw new CorruptException(slice.key() + " is shorter than the manifest says: "
                    + bytes.remaining() + " of " + slice.range());
        }
    }

    /** The first record of a run at or after a time; the run must hold one. */
    public Future<StoredRecord> firstAt(Run run, long timestampMillis) {
        Future<Slice> slice = run.length() <= WHOLE_LENGTH_MAX
                ? Future.succeededFuture(new Slice(run, 0, 0, run.length()))
                : stretches(run).map(stretches -> sliceAt(run, stretches, timestampMillis));
        return slice.compose(found -> read(new FetchPlan(List.of(found)), Interval.ALL, true))
                .map(batches -> batches.parts().stream()
                        .flatMap(part -> BatchDecoder.records(part, 0).stream())
                        .filter(stored -> stored.record().timestampMillis() >= timestampMillis)
                        .findFirst()
                        .orElseThrow(() -> new CorruptException("the run at offset "
                                + run.baseOffset() + " does not hold the time that the manifest "
                                + "says: " + timestampMillis)));
    }

    private static Slice sliceAt(Run run, List<Stretch> stretches, long timestampMillis) {
        int index = Stretches.atTimestamp(stretches, timestampMillis);
        if (index == stretches.size()) {
            return new Slice(run, 0, 0, run.length());
        }
        Stretch stretch = stretches.get(index);
        int end = Stretches.end(stretches, index, run.length());
        return new Slice(run, stretch.position(), stretch.offsetDelta(),
                end - stretch.position());
    }

    private Future<List<Stretch>> stretches(Run run) {
        return store.get(run.segment().key(), indexRange(run))
                .map(index -> SegmentIndex.parse(index).stretchesOf(run.position(), run.length()));
    }

    private static ByteRange indexRange(Run run) {
        return run.segment().range(run.segment().index().position(),
                run.segment().index().length());
    }
}
