package io.cordwood.simulation.work;

import io.cordwood.runtime.LogException;
import io.cordwood.server.log.AppendResult;
import io.cordwood.server.log.NewRecord;
import io.cordwood.server.log.TopicDescription;
import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.process.NodeProcess;
import io.cordwood.simulation.truth.Issue;
import io.cordwood.simulation.truth.Issue.Sender;
import io.cordwood.simulation.world.World;
import io.cordwood.store.batch.LogRecord;
import io.vertx.core.AsyncResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

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
        List<Issue> issues = new ArrayList<>();
        List<NewRecord> records = new ArrayList<>();
        for (int i = 1 + chance.nextInt(RECORDS_MAX); i > 0; i--) {
            Issue issue = world.ledger().send(sender, world.time().nanoTime());
            issues.add(issue);
            records.add(record(issue, partition));
        }
        world.note("append " + issues.getFirst().id() + " and " + (records.size() - 1)
                + " more to " + sender);
        Fleet.nodeOf(to).log().append(topic.name(), records)
                .onComplete(done -> answer(issues, done));
    }

    private NewRecord record(Issue issue, int partition) {
        RandomGenerator chance = world.chance();
        int size = chance.nextInt(LARGE_ONE_IN) == 0
                ? chance.nextInt(VALUE_BYTES_USUAL, VALUE_BYTES_MAX)
                : chance.nextInt(VALUE_BYTES_MIN, VALUE_BYTES_USUAL);
        ByteBuffer value = ByteBuffer.wrap(Arrays.copyOf(noise, size)).putLong(0, issue.id());
        return new NewRecord(OptionalInt.of(partition), new LogRecord(
                1 + chance.nextInt(TIME_MILLIS_MAX), Optional.empty(), Optional.of(value),
                List.of()));
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
