package io.cordwood.manifest.state;

import io.cordwood.manifest.state.SegmentRef.Inline;
import io.cordwood.manifest.state.SegmentRef.Place;
import io.cordwood.manifest.state.SegmentRef.Stored;
import io.cordwood.manifest.state.SegmentRef.Tier;
import io.cordwood.runtime.Invariant;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.TreeMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Which segments there are runs in, and which were left by their last run. Counted, because a
 * segment has runs of many partitions, and they leave it one by one.
 */
public final class References {

    static final References NONE = new References(HashMap.empty(), TreeMap.empty(), 0,
            LinkedHashSet.empty());

    private final HashMap<Place, Integer> runs;
    private final TreeMap<Long, Integer> entries;
    private final int unmerged;
    private final LinkedHashSet<UUID> garbage;

    private References(HashMap<Place, Integer> runs, TreeMap<Long, Integer> entries, int unmerged,
            LinkedHashSet<UUID> garbage) {
        this.runs = runs;
        this.entries = entries;
        this.unmerged = unmerged;
        this.garbage = garbage;
    }

    /** How many segments there are runs in. */
    public int count() {
        return runs.size();
    }

    /** How many of them ingest has made. */
    public int unmerged() {
        return unmerged;
    }

    /** Whether there are runs in a segment that is an object of its own. */
    public boolean isLive(UUID segment) {
        return runs.containsKey(new Stored(segment));
    }

    /** Whether there are runs in it, or it was left by its last run and is not gone yet. */
    public boolean isKnown(UUID segment) {
        return isLive(segment) || garbage.contains(segment);
    }

    /** Whether a manifest entry encloses a segment with runs. */
    public boolean isLive(long sequence) {
        return entries.containsKey(sequence);
    }

    /** The first manifest entry that encloses a segment with runs. */
    public OptionalLong firstEntry() {
        return entries.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(entries.head()._1);
    }

    /** The segments that were left by their last run, in the order in which that came about. */
    public Iterable<UUID> garbage() {
        return garbage;
    }

    /** How many segments were left by their last run. */
    public int garbageCount() {
        return garbage.size();
    }

    /** The same with more runs in a segment. */
    References add(SegmentRef segment, int count) {
        boolean first = !runs.containsKey(segment.place());
        return new References(runs.put(segment.place(), count, Integer::sum),
                segment.place() instanceof Inline inline && first
                        ? entries.put(inline.sequence(), 1, Integer::sum)
                        : entries,
                unmerged + (first && segment.tier() == Tier.WAL ? 1 : 0), garbage);
    }

    /** The same without a run in a segment. */
    References remove(SegmentRef segment) {
        Place place = segment.place();
        int left = runs.getOrElse(place, 0) - 1;
        Invariant.check(left >= 0, "a run leaves the segment that it is in: %s", place);
        if (left > 0) {
            return new References(runs.put(place, left), entries, unmerged, garbage);
        }
        int unmergedLeft = unmerged - (segment.tier() == Tier.WAL ? 1 : 0);
        return switch (place) {
            case Stored stored -> new References(runs.remove(place), entries, unmergedLeft,
                    garbage.add(stored.id()));
            case Inline inline -> new References(runs.remove(place),
                    leave(inline.sequence()), unmergedLeft, garbage);
        };
    }

    private TreeMap<Long, Integer> leave(long sequence) {
        int left = entries.getOrElse(sequence, 0) - 1;
        return left > 0 ? entries.put(sequence, left) : entries.remove(sequence);
    }

    /** The same with the runs of a topic. */
    References add(TopicState topic) {
        References after = this;
        for (int i = 0; i < topic.partitionCount(); i++) {
            for (Run run : topic.partition(i).runs()) {
                after = after.add(run.segment(), 1);
            }
        }
        return after;
    }

    /** The same without the runs of a topic. */
    References remove(TopicState topic) {
        References after = this;
        for (int i = 0; i < topic.partitionCount(); i++) {
            after = after.remove(topic.partition(i).runs());
        }
        return after;
    }

    /** The same without some runs. */
    References remove(Iterable<Run> gone) {
        References after = this;
        for (Run run : gone) {
            after = after.remove(run.segment());
        }
        return after;
    }

    /** The same with a segment that was left by its last run. */
    References withGarbage(UUID segment) {
        return new References(runs, entries, unmerged, garbage.add(segment));
    }

    /** The same without what is gone from the bucket. */
    References collect(List<UUID> segments) {
        return new References(runs, entries, unmerged, garbage.removeAll(segments));
    }
}
