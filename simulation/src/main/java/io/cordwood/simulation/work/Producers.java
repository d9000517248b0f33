package io.cordwood.simulation.work;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.server.log.AppendResult;
import io.cordwood.server.log.NewRecord;
import io.cordwood.server.log.RecordLog;
import io.cordwood.server.log.TopicDescription;
import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.process.NodeProcess;
import io.cordwood.simulation.truth.Content;
import io.cordwood.simulation.truth.Issue;
import io.cordwood.simulation.truth.Issue.Sender;
import io.cordwood.simulation.world.World;
import io.cordwood.store.batch.LogRecord;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Appends records, some small, some large, one after the other or many at once. */
public final class Producers {

    private static final int PRODUCERS = 3;
    private static final int RECORDS_MAX = 3;
    private static final int VALUE_BYTES_MIN = 8;
    private static final int VALUE_BYTES_USUAL = 200;
    private static final int VALUE_BYTES_MAX = 390_000;
    private static final int LARGE_ONE_IN = 15;
    private static final int TIME_MILLIS_MAX = 1_000_000;

    private final World world;
    private final Fleet fleet;
    private final byte[] noise = new byte[VALUE_BYTES_MAX];

    public Producers(World world, Fleet fleet) {
        this.world = world;
        this.fleet = fleet;
        world.split().nextBytes(noise);
    }

    /** Begins to produce, each so often on average. */
    public void start(Duration about) {
        for (int producer = 0; producer < PRODUCERS; producer++) {
            int number = producer;
            world.repeatWriting(about,
                    () -> fleet.someServing().ifPresent(to -> append(number, to)));
        }
    }

    private void append(int producer, NodeProcess to) {
        List<TopicDescription> topics = Fleet.nodeOf(to).log().topics();
        if (topics.isEmpty()) {
            return;
        }
        RandomGenerator chance = world.chance();
        TopicDescription topic = topics.get(chance.nextInt(topics.size()));
        int partition = chance.nextInt(topic.partitions());
        Sender sender = new Sender(producer, to.life(), topic.name().value(), partition);
        int[] sizes = IntStream.range(0, 1 + chance.nextInt(RECORDS_MAX)).map(i -> size())
                .toArray();
        long bytes = IntStream.of(sizes).sum();
        RecordLog log = Fleet.nodeOf(to).log();
        log.reserve(bytes).onFailure(this::checkNoRoom).onSuccess(reserved -> {
            to.requests().take(bytes);
            append(sender, sizes, log).onComplete(done -> {
                to.requests().giveBack(bytes);
                log.release(bytes);
            });
        });
    }

    private Future<List<AppendResult>> append(Sender sender, int[] sizes, RecordLog log) {
        List<Issue> issues = new ArrayList<>();
        List<NewRecord> records = new ArrayList<>();
        for (int size : sizes) {
            Issue issue = world.ledger().send(sender, world.time().nanoTime());
            issues.add(issue);
            records.add(record(issue, sender.partition(), size));
        }
        world.note("append " + issues.getFirst().id() + " and " + (records.size() - 1)
                + " more to " + sender);
        return log.append(new TopicName(sender.topic()), records)
                .onComplete(done -> answer(issues, done));
    }

    private void checkNoRoom(Throwable failure) {
        world.note("no room");
        world.judge().check(failure instanceof UnavailableException,
                "who finds no room is told to come back: %s", failure);
    }

    private int size() {
        RandomGenerator chance = world.chance();
        return chance.nextInt(LARGE_ONE_IN) == 0
                ? chance.nextInt(VALUE_BYTES_USUAL, VALUE_BYTES_MAX)
                : chance.nextInt(VALUE_BYTES_MIN, VALUE_BYTES_USUAL);
    }

    private NewRecord record(Issue issue, int partition, int size) {
        RandomGenerator chance = world.chance();
        ByteBuffer value = ByteBuffer.wrap(Arrays.copyOf(noise, size)).putLong(0, issue.id());
        return new NewRecord(OptionalInt.of(partition), new LogRecord(
                1 + chance.nextInt(TIME_MILLIS_MAX), Optional.of(Content.key(issue.id())),
                Optional.of(value), List.of()));
    }

    private void answer(List<Issue> issues, AsyncResult<List<AppendResult>> done) {
        if (done.failed()) {
            issues.forEach(issue -> fail(issue, done.cause()));
            return;
        }
        for (int i = 0; i < issues.size(); i++) {
            switch (done.result().get(i)) {
                case AppendResult.Stored stored -> {
                    world.note("stored " + issues.get(i).id() + " at " + stored.offset());
                    world.ledger().stored(issues.get(i), stored.partition(), stored.offset());
                }
                case AppendResult.Failed failed -> fail(issues.get(i), failed.reason());
            }
        }
    }

    private void fail(Issue issue, Throwable reason) {
        String kind = reason instanceof LogException
                ? reason.getClass().getSimpleName()
                : reason.toString();
        world.note("not stored " + issue.id() + ": " + kind);
        world.ledger().failed(issue, reason);
    }
}
