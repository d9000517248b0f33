package io.cordwood.manifest.state;

import io.vavr.collection.Vector;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** The runs of a partition, oldest first, each beginning where the one before it ends. */
final class Runs implements Iterable<Run> {

    static final Runs NONE = new Runs(Vector.empty(), TierSizes.NONE);

    private final Vector<Run> runs;
    private final TierSizes sizes;

    private Runs(Vector<Run> runs, TierSizes sizes) {
        this.runs = runs;
        this.sizes = sizes;
    }

    static Runs of(Vector<Run> runs) {
        return new Runs(runs, TierSizes.of(runs));
    }

    int count() {
        return runs.size();
    }

    Run get(int index) {
        return runs.get(index);
    }

    /** How much they are of each tier. */
    TierSizes sizes() {
        return sizes;
    }

    /** The largest timestamp of all of them. */
    long latestTimestampMillis() {
        return runs.isEmpty() ? Long.MIN_VALUE : runs.last().latestTimestampMillis();
    }

    Runs append(Run run) {
        return new Runs(runs.append(run), sizes.plus(run));
    }

    /** The same with a run in the place of others: from one place on, before another. */
    Runs replace(int from, int end, Run run) {
        TierSizes gone = TierSizes.of(runs.slice(from, end));
        long before = from == 0 ? Long.MIN_VALUE : runs.get(from - 1).latestTimestampMillis();
        Run there = run.withLatestTimestamp(Math.max(before, run.maxTimestampMillis()));
        return new Runs(runs.take(from).append(there).appendAll(runs.drop(end)),
                sizes.minus(gone).plus(run));
    }

    /** Those from one place on, before another. */
    List<Run> between(int from, int end) {
        return runs.slice(from, end).toJavaList();
    }

    /** Those from a place on, with the latest timestamps as if there never was one before. */
    Runs from(int index) {
        TierSizes gone = TierSizes.of(runs.take(index));
        return new Runs(latestFromHere(runs.drop(index)), sizes.minus(gone));
    }

    private static Vector<Run> latestFromHere(Vector<Run> kept) {
        Vector<Run> runs = kept;
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            latest = Math.max(latest, run.maxTimestampMillis());
            if (run.latestTimestampMillis() == latest) {
                return runs;
            }
            runs = runs.update(i, run.withLatestTimestamp(latest));
        }
        return runs;
    }

    /** The first place from which on the condition holds for every run; the count if none. */
    int bisect(Predicate<Run> condition) {
        int low = 0;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (condition.test(runs.get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Override
    public Iterator<Run> iterator() {
        return runs.iterator();
    }
}
