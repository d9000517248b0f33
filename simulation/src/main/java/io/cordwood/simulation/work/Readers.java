package io.cordwood.simulation.work;

import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.server.log.OffsetRange;
import io.cordwood.server.log.ReadRequest;
import io.cordwood.server.log.RecordLog;
import io.cordwood.server.log.RecordPage;
import io.cordwood.server.log.TopicDescription;
import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.process.NodeProcess;
import io.cordwood.simulation.truth.Truth.Content;
import io.cordwood.simulation.world.Weather;
import io.cordwood.simulation.world.World;
import io.cordwood.store.batch.StoredRecord;
import io.cordwood.store.segment.PartitionId;
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
    private long reads;

    public Readers(World world, Fleet fleet) {
        this.world = world;
        this.fleet = fleet;
    }

    /** Begins to read, each reader so often on average. */
    public void start(Duration about) {
        for (int reader = 0; reader < READERS; reader++) {
            world.repeat(about, () -> fleet.someServing().ifPresent(this::read));
        }
    }

    /** How many reads were answered with records. */
    public long reads() {
        return reads;
    }

    private void read(NodeProcess from) {
        RecordLog log = Fleet.nodeOf(from).log();
        List<TopicDescription> topics = log.topics();
        if (topics.isEmpty()) {
            return;
        }
        TopicDescription topic = topics.get(world.chance().nextInt(topics.size()));
        Reading reading = new Reading(from, topic,
                world.chance().nextInt(topic.partitions()));
        log.offsets(topic.name(), reading.partition()).onComplete(
                done -> {
                    world.judge().check(done.succeeded(), "a topic that is listed has offsets: %s",
                            done.cause());
                    if (done.failed()) {
                        return;
                    }
                    if (world.chance().nextInt(4) == 0) {
                        readByTime(reading, done.result());
                    } else {
                        readByOffset(reading, done.result());
                    }
                });
    }

    private void readByOffset(Reading reading, OffsetRange range) {
        checkEnd(reading, range);
        long offset = world.chance().nextInt(3) == 0
                ? range.end()
                : range.start() + world.chance().nextLong(range.end() - range.start() + 1);
        Duration wait = Duration.ofMillis(world.chance().nextInt(WAIT_MILLIS_MAX));
        ReadRequest request = new ReadRequest(offset,
                1 + world.chance().nextInt(PAGE_BYTES_MAX), wait);
        reading.log().read(reading.topic().name(), reading.partition(), request)
                .onComplete(done -> {
                    if (done.failed()) {
                        checkFailure(reading, done.cause());
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
                        checkFailure(reading, done.cause());
                    } else if (reading.isSameTopic()) {
                        checkTime(reading, time, before, done.result());
                    }
                });
    }

    private void check(Reading reading, long offset, RecordPage page) {
        checkEnd(reading, page.range());
        List<Content> truth = world.truth().contentOf(reading.id());
        long expected = offset;
        for (StoredRecord record : page.records()) {
            Content found = Content.of(record);
            world.judge().check(record.offset() == expected, "a read has no gap: %s gave %d at %d",
                    reading, record.offset(), expected);
            world.judge().check(expected < truth.size() && truth.get((int) expected).equals(found),
                    "an offset is one record for ever: %s gave %s at %d", reading, found,
                    expected);
            expected++;
        }
        world.judge().check(page.nextOffset() == expected,
                "a read goes on where it ended: %s at %d, not %d", reading, expected,
                page.nextOffset());
        world.judge().check(!page.records().isEmpty() || offset == page.range().end(),
                "a read gives what there is: %s at %d of %s", reading, offset, page.range());
        reads += page.records().isEmpty() ? 0 : 1;
        world.note("read " + page.records().size() + " at " + offset + " from " + reading);
    }

    private void checkTime(Reading reading, long time, OffsetRange before, OptionalLong found) {
        long end = Fleet.nodeOf(reading.from()).state().partition(reading.id()).orElseThrow()
                .nextOffset();
        if (end == before.end()) {
            Optional<Long> truth = world.truth().firstAt(reading.id(), time, end);
            world.judge().check(truth.equals(found.stream().boxed().findFirst()),
                    "a time is found exactly: %s at %d gave %s, not %s", reading, time, found,
                    truth);
        }
    }

    private void checkEnd(Reading reading, OffsetRange range) {
        world.judge().check(
                !reading.isSameTopic()
                        || range.end() <= world.truth().contentOf(reading.id()).size(),
                "nobody sees what is not there: %s has %s", reading, range);
    }

    private void checkFailure(Reading reading, Throwable failure) {
        boolean deleted = failure instanceof RejectedException rejected
                && (rejected.reason() == Reason.UNKNOWN_TOPIC
                        || rejected.reason() == Reason.UNKNOWN_PARTITION)
                && !reading.isSameTopic();
        boolean weather = failure instanceof UnavailableException && mayHang(reading);
        world.judge().check(deleted || weather, "no read fails without need: %s (%s)", reading,
                failure);
    }

    /** A read may wait for a request that another read made, even before its process slept. */
    private boolean mayHang(Reading reading) {
        long calmNanos = world.time().nanoTime() - Math.max(world.badUntilNanos(),
                reading.from().runsSinceNanos());
        return Duration.ofNanos(calmNanos).compareTo(Weather.HANGS_MAX) < 0;
    }

    /** A read under way. */
    private record Reading(NodeProcess from, TopicDescription topic, int partition) {

        PartitionId id() {
            return new PartitionId(topic.id(), partition);
        }

        RecordLog log() {
            return Fleet.nodeOf(from).log();
        }

        /** Whether the topic's name still means the same topic where it is read. */
        boolean isSameTopic() {
            return from.node().flatMap(node -> node.state().topic(topic.name()))
                    .filter(now -> now.id().equals(topic.id())).isPresent();
        }

        @Override
        public String toString() {
            return topic.name() + "-" + partition + " on " + from;
        }
    }
}
