package io.cordwood.indexer.merge;

import io.cordwood.indexer.retention.Retention;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.Tier;
import java.util.List;

/**
 * How many runs one can hold.
 *
 * @param bytesMax how long it may be
 * @param retention what is kept of its records: it goes as a whole, so it does not span too much,
 *        in time or bytes
 */
public record RunFit(long bytesMax, Retention retention) {

    /** Of some consecutive runs the oldest that one run can hold: at least one. */
    public List<Run> oldest(PartitionState partition, List<Run> runs) {
        long spanEndMillis = spanEnd(partition, runs);
        long lengthMax = Math.min(bytesMax, retention.lengthMax());
        long length = 0;
        long offsets = 0;
        int count = 0;
        while (count < runs.size()) {
            Run next = runs.get(count);
            length += next.length();
            offsets += next.offsets();
            if (count > 0 && (length > lengthMax || offsets > Integer.MAX_VALUE
                    || next.maxTimestampMillis() > spanEndMillis)) {
                break;
            }
            count++;
        }
        return runs.subList(0, count);
    }

    /**
     * Up to when one run may go on that begins with these. Runs do not tell when they begin, so it
     * is counted from the end of the one before; the first of a partition goes no further.
     */
    private long spanEnd(PartitionState partition, List<Run> runs) {
        long span = retention.spanMaxMillis();
        if (span == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        Run first = runs.getFirst();
        int index = partition.indexOfOffset(first.baseOffset());
        if (index > 0) {
            return partition.run(index - 1).maxTimestampMillis() + span;
        }
        return first.maxTimestampMillis() + (first.tier() == Tier.WAL ? span : 0);
    }
}
