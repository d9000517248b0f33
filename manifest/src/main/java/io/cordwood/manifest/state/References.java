package io.cordwood.manifest.state;

import io.cordwood.manifest.state.Home.Inline;
import io.cordwood.manifest.state.Home.Place;
import io.cordwood.manifest.state.Home.Stored;
import io.cordwood.runtime.Invariant;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.layout.ObjectId;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.TreeMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What there are runs in, and which objects nobody needs any more. Counted, because a segment has
 * runs of many partitions, and they leave it one by one.
 */
public final class References {

    static final References NONE = new References(HashMap.empty(), TreeMap.empty(), 0,
            LinkedHashSet.empty(), 0);

    private final HashMap<Place, Integer> runs;
    private final TreeMap<Long, Integer> entries;
    private final int unmerged;
    private final LinkedHashSet<DataObject> garbage;
    private final long uploadsExpiredBefore;

    private References(HashMap<Place, Integer> runs, TreeMap<Long, Integer> entries, int unmerged,
            LinkedHashSet<DataObject> garbage, long uploadsExpiredBefore) {
        this.runs = runs;
        this.entries = entries;
        this.unmerged = unmerged;
        this.garbage = garbage;
        this.uploadsExpiredBefore = uploadsExpiredBefore;
    }

    /** How many segments and history files there are runs in. */
    public int count() {
        return runs.size();
    }

    /** How many segments of ingest there are runs in. */
    public int unmerged() {
        return unmerged;
    }

    /** Whether there are runs in an object. */
    public boolean isLive(DataObject object) {
        return runs.containsKey(new Stored(object));
    }

    /** Whether there are runs in it, or it was left by its last run and is not gone yet. */
    public boolean isKnown(DataObject object) {
        return isLive(object) || garbage.contains(object);
    }

    /** Objects whose ids tell of an older entry join no more. */
    public long uploadsExpiredBefore() {
        return uploadsExpiredBefore;
    }

    /** Whether an object may join of which nothing is known. */
    public boolean mayJoin(UUID id) {
        return ObjectId.sequence(id) >= uploadsExpiredBefore;
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

    /**
     * The objects that were left by their last run, or belong to a table that has others, in the
     * order in which that came about.
     */
    public Iterable<DataObject> garbage() {
        return garbage;
    }

    /** How many objects nobody needs any more. */
    public int garbageCount() {
        return garbage.size();
    }

    /** The same with more runs in a segment or history file. */
    References add(Home home, int count) {
        Place place = home.place();
        boolean first = !runs.containsKey(place);
        return new References(runs.put(place, count, Integer::sum),
                place instanceof Inline inline && first
                        ? entries.put(inline.sequence(), 1, Integer::sum)
                        : entries,
                unmerged + (first && home.tier() == Tier.WAL ? 1 : 0), garbage,
                uploadsExpiredBefore);
    }

    /** The same without a run in a segment or history file. */
    References remove(Home home) {
        Place place = home.place();
        int left = runs.getOrElse(place, 0) - 1;
        Invariant.check(left >= 0, "a run leaves what it lies in: %s", place);
        if (left > 0) {
            return new References(runs.put(place, left), entries, unmerged, garbage,
                    uploadsExpiredBefore);
        }
        int unmergedLeft = unmerged - (home.tier() == Tier.WAL ? 1 : 0);
        return switch (place) {
            case Stored stored -> new References(runs.remove(place), entries, unmergedLeft,
                    garbage.add(stored.object()), uploadsExpiredBefore);
            case Inline inline -> new References(runs.remove(place),
                    leave(inline.sequence()), unmergedLeft, garbage, uploadsExpiredBefore);
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
                after = after.add(run.home(), 1);
            }
        }
        return after;
    }

    /** The same without the runs and the table of a topic. */
    References remove(TopicState topic) {
        References after = this;
        for (int i = 0; i < topic.partitionCount(); i++) {
            after = after.remove(topic.partition(i).runs());
        }
        return after.withGarbage(topic.tableObjects());
    }

    /** The same without some runs. */
    References remove(Iterable<Run> gone) {
        References after = this;
        for (Run run : gone) {
            after = after.remove(run.home());
        }
        return after;
    }

    /** The same with objects that nobody needs any more. */
    References withGarbage(Iterable<DataObject> objects) {
        return new References(runs, entries, unmerged, garbage.addAll(objects),
                uploadsExpiredBefore);
    }

    /** The same without what is gone from the bucket. */
    References collect(List<DataObject> objects) {
        return new References(runs, entries, unmerged, garbage.removeAll(objects),
                uploadsExpiredBefore);
    }

    /** The same, but older objects join no more. */
    References expireUploads(long beforeSequence) {
        Invariant.check(beforeSequence >= uploadsExpiredBefore,
                "what may not join never may again: before %d, then before %d",
                uploadsExpiredBefore, beforeSequence);
        return new References(runs, entries, unmerged, garbage, beforeSequence);
    }
}
