package io.cordwood.query.read;

import io.cordwood.manifest.state.Run;
import io.cordwood.query.plan.FetchPlan;
import io.cordwood.query.plan.Slice;
import io.cordwood.query.plan.Start;
import io.cordwood.query.plan.Stretches;
import io.cordwood.runtime.CorruptException;
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
        if (offsetDelta <= 0 || isReadWhole(run)) {
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

    /** Whether a run is so short that it is read without a look at its index. */
    boolean isReadWhole(Run run) {
        return run.length() <= WHOLE_LENGTH_MAX;
    }

    /** The stretches of a run; none if it has none. */
    Future<List<Stretch>> stretches(Run run) {
        return store.get(run.key(), indexRange(run))
                .map(index -> SegmentIndex.parse(index).stretchesOf(run.position(), run.length()));
    }

    private static ByteRange indexRange(Run run) {
        return run.segment().range(run.segment().index().position(),
                run.segment().index().length());
    }
}
