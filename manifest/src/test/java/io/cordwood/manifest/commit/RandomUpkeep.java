package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.Compaction;
import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.TableVersion;
import io.cordwood.manifest.state.HistoryRef;
import io.cordwood.manifest.state.Home;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;
import io.cordwood.manifest.state.Tier;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What is proposed behind the data path, by chance. */
record RandomUpkeep(Random random, RandomPlaces places) {

    private static final ByteRange INDEX = new ByteRange(900, 90);

    MergeRuns merged(ManifestState state) {
        Map<PartitionId, Replacement> parts = new TreeMap<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            PartitionId partition = places.partition(state);
            parts.put(partition, replacement(state, partition, random.nextLong(1L << 40),
                    random.nextInt(1, 1 << 30)));
        }
        return new MergeRuns(new SegmentPlace.Stored(places.id(), INDEX),
                List.copyOf(parts.values()));
    }

    ConvertRuns converted(ManifestState state) {
        PartitionId partition = places.partition(state);
        return new ConvertRuns(file(partition),
                replacement(state, partition, 0, (int) INDEX.end()));
    }

    private Replacement replacement(ManifestState state, PartitionId partition, long position,
            int length) {
        List<Run> sources = state.partition(partition).map(this::sources).orElseGet(List::of);
        List<Run> replaced = sources.isEmpty() ? made(partition) : sources;
        long offsets = replaced.getLast().endOffset() - replaced.getFirst().baseOffset();
        return new Replacement(CommittedRun.of(partition, position, length, (int) offsets,
                places.millis()), replaced);
    }

    private List<Run> sources(PartitionState partition) {
        if (partition.runCount() == 0) {
            return List.of();
        }
        int from = random.nextInt(partition.runCount());
        return partition.runsBetween(from, random.nextInt(from + 1, partition.runCount() + 1));
    }

    /** A run in each place, of a partition that has none. */
    private List<Run> made(PartitionId partition) {
        List<Home> homes = List.of(
                SegmentRef.stored(places.id(), INDEX, Tier.WAL),
                SegmentRef.stored(places.id(), INDEX, Tier.LOG),
                new SegmentRef(new Home.Inline(random.nextLong(1, Long.MAX_VALUE),
                        random.nextInt(Integer.MAX_VALUE)), INDEX, Tier.WAL),
                new HistoryRef(file(partition)));
        List<Run> runs = new ArrayList<>();
        long offset = random.nextLong(1L << 60);
        for (Home home : homes) {
            runs.add(new Run(home, random.nextLong(1L << 40), random.nextInt(1, 1 << 30), offset,
                    random.nextInt(1, 1 << 20), places.millis(), places.millis()));
            offset = runs.getLast().endOffset();
        }
        return runs;
    }

    private HistoryPlace file(PartitionId partition) {
        return new HistoryPlace(partition.topic(), places.id(), INDEX, random.nextInt(),
                random.nextLong(1L << 40), places.millis());
    }

    CompactPartition compacted(ManifestState state) {
        PartitionId partition = places.partition(state);
        Compaction before = state.partition(partition).map(PartitionState::compaction)
                .orElse(Compaction.NONE);
        long end = state.partition(partition).map(PartitionState::lastStableOffset).orElse(100L);
        long to = random.nextLong(before.endOffset(), Math.max(before.endOffset(), end) + 1);
        return new CompactPartition(partition, random.nextInt(5) == 0 ? Compaction.NONE : before,
                before.goOn(to, random.nextLong(to + 1), places.millis(), random.nextBoolean()));
    }

    PublishTable published(ManifestState state) {
        return places.topic(state)
                .map(topic -> new PublishTable(topic.id(),
                        version(topic.tableNumber() + random.nextInt(1, 3))))
                .orElseGet(() -> new PublishTable(places.id(), version(Long.MAX_VALUE)));
    }

    private TableVersion version(long number) {
        return new TableVersion(places.id(), number,
                random.nextInt(TableVersion.MANIFESTS_MAX + 1), random.nextLong());
    }

    CollectObjects collected(ManifestState state) {
        List<DataObject> objects = new ArrayList<>();
        state.references().garbage().forEach(objects::add);
        objects.add(new DataObject.Segment(places.id()));
        objects.add(new DataObject.History(places.id(), places.id()));
        objects.add(new DataObject.Table(places.id(), places.id(),
                random.nextInt(Integer.MAX_VALUE)));
        return new CollectObjects(objects);
    }
}
