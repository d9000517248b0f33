package io.cordwood.simulation.work;

import io.cordwood.server.log.OffsetRange;
import io.cordwood.server.log.ReadRequest;
import io.cordwood.server.log.RecordLog;
import io.cordwood.server.log.RecordPage;
import io.cordwood.server.log.TopicDescription;
import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.process.NodeProcess;
import io.cordwood.simulation.truth.Content;
import io.cordwood.simulation.truth.PartitionTruth.Placed;
import io.cordwood.simulation.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads from anywhere, on any process, by offset and by time, and holds it against the truth. */
public final class Readers {

    private static final int READERS = 3;
    private static final int PAGE_BYTES_MAX = 10_000;
    private static final int WAIT_MILLIS_MAX = 2_000;
    private static final int TIME_MILLIS_MAX = 1_000_000;

    private final World world;
    private final Fleet fleet;
    private final Fetches fetches;
    private long reads;

    public Readers(World world, Fleet fleet) {
        this.world = world;
        this.fleet = fleet;
        this.fetches = new Fetches(world);
    }

    /** Begins to read, each reader so often on average. */
    public void start(Duration about) {
        for (int reader = 0; reader < READERS; reader++) {
            world.repeat(about, () -> fleet.someServing().ifPresent(this::read));
        }
    }

    /** How many reads were answered with records. */
    public long reads() {
        return reads + fetches.withRecords();
    }

    private void read(NodeProcess from) {
        RecordLog log = Fleet.nodeOf(from).log();
        List<TopicDescription> topics = log.topics();
        if (topics.isEmpty()) {
            return;
        }
        TopicDescription topic = topics.get(world.chance().nextInt(topics.size()));
        Reading reading = new Reading(world, from, topic,
                world.chance().nextInt(topic.partitions()));
        log.offsets(topic.name(), reading.partition()).onComplete(
                done -> {
                    if (done.failed()) {
                        reading.checkFailure(done.cause(), Long.MAX_VALUE);
                    } else if (reading.isSameTopic()) {
                        read(reading, done.result());
                    }
                });
    }

    private void read(Reading reading, OffsetRange range) {
        reading.checkEnd(range.end());
        switch (world.chance().nextInt(4)) {
            case 0 -> readByTime(reading, range);
            case 1 -> fetches.fetch(reading, someOffset(range), pageBytes(), someWait());
            default -> readByOffset(reading, someOffset(range));
        }
    }

    private long someOffset(OffsetRange range) {
        return world.chance().nextInt(3) == 0
                ? range.end()
                : range.start() + world.chance().nextLong(range.end() - range.start() + 1);
    }

    private int pageBytes() {
        return 1 + world.chance().nextInt(PAGE_BYTES_MAX);
    }

    private Duration someWait() {
        return Duration.ofMillis(world.chance().nextInt(WAIT_MILLIS_MAX));
    }

    private void readByOffset(Reading reading, long offset) {
        ReadRequest request = new ReadRequest(offset, pageBytes(), someWait());
        reading.log().read(reading.topic().name(), reading.partition(), request)
                .onComplete(done -> {
                    if (done.failed()) {
                        reading.checkFailure(done.cause(), offset);
                    } else if (reading.isSameTopic()) {
                        check(reading, offset, done.result());
                    }
                });
    }

    private void readByTime(Reading reading, OffsetRange before) {
        long time = world.chance().nextInt(TIME_MILLIS_MAX);
        reading.log().offsetAt(reading.topic().name(), reading.partition(), time)
                .onComplete(done -> {
                    if (done.failed()) {
                        reading.checkFailure(done.cause(), before.end());
                    } else if (reading.isSameTopic()) {
                        checkTime(reading, time, before, done.result());
                    }
                });
    }

    private void check(Reading reading, long offset, RecordPage page) {
        reading.checkEnd(page.range().end());
        List<Placed> found = page.records().stream()
                .map(record -> new Placed(record.offset(), Content.of(record))).toList();
        List<Placed> expected = reading.truth().committedBetween(offset, page.nextOffset());
        world.judge().check(reading.allows(expected, found),
                "an offset is one record for ever, and a read leaves out what was aborted and"
                        + " nothing else: %s from %d gave %s, not %s",
                reading, offset, found, expected);
        long stable = reading.truth().lastStableOffset(page.range().end());
        world.judge().check(offset >= stable
                ? page.nextOffset() == offset
                : page.nextOffset() > offset && page.nextOffset() <= stable,
                "a read gives what there is, and nothing of an open transaction: %s from %d to %d,"
                        + " where %d is stable",
                reading, offset, page.nextOffset(), stable);
        reads += page.records().isEmpty() ? 0 : 1;
        world.note("read " + page.records().size() + " from " + offset + " to " + page.nextOffset()
                + " from " + reading);
    }

    private void checkTime(Reading reading, long time, OffsetRange before, OptionalLong found) {
        long end = Fleet.nodeOf(reading.from()).state().partition(reading.id()).orElseThrow()
                .nextOffset();
        if (end == before.end() && reading.startOffset() == before.start()
                && !Topics.isCompacted(reading.topic().name())) {
            Optional<Long> truth = reading.truth().firstAt(time, before.start(), end);
            world.judge().check(truth.equals(found.stream().boxed().findFirst()),
                    "a time is found exactly: %s at %d gave %s, not %s", reading, time, found,
                    truth);
        }
    }
}
