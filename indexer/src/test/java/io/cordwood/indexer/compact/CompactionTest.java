package io.cordwood.indexer.compact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.indexer.AllDuties;
import io.cordwood.indexer.Indexer;
import io.cordwood.indexer.IndexerRules;
import io.cordwood.indexer.IndexerSettings;
import io.cordwood.indexer.collect.CollectSettings;
import io.cordwood.indexer.convert.HistoryRules;
import io.cordwood.indexer.convert.RunRecords;
import io.cordwood.indexer.merge.MergeSettings;
import io.cordwood.indexer.retention.RetentionRules;
import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.commit.EndTransaction;
import io.cordwood.manifest.commit.InitTransactionalId;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.Tier;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.RecordHeader;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.SegmentBuilder;
import io.cordwood.store.segment.SegmentForge;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a partition of which only the last record of each key is kept. */
class CompactionTest {

    private static final Duration TOMBSTONES_KEPT = Duration.ofHours(1);
    private static final Duration A_WHILE = Duration.ofMinutes(1);
    private static final String NO_TEXT = "\uFFFD";
    private static final IndexerSettings SETTINGS = new IndexerSettings(Duration.ofSeconds(1),
            Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofSeconds(1),
            CollectSettings.STANDARD, new MergeSettings(4, 4, 1 << 20, 1 << 20),
            new CompactionSettings(Duration.ofSeconds(10), 1 << 20, 1 << 12));

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final FailingObjectStore store = new FailingObjectStore(bucket,
            request -> new Fault.Pass());
    private final ManifestFixture manifest = ManifestFixture.elected(bucket, loop, 1);
    private final PartitionId orders = new PartitionId(manifest.createTopic("orders", 1), 0);
    private final Map<Integer, ProducerIdentity> producers = new TreeMap<>();
    private Indexer indexer = started();

    @Test
    void ofEachKeyTheLastRecordIsLeftWhereItWas() {
        flush(record("a", "1"), record("b", "2"), record("a", "3"));
        flush(record("c", "4"), record("b", "5"));

        pass(A_WHILE);

        assertThat(read()).containsExactly("2:a=3", "3:c=4", "4:b=5");
        assertThat(indexer.statistics().compacted().removed()).isEqualTo(2);
        assertThat(partition().nextOffset()).isEqualTo(5);
    }

    @Test
    void whatComesLaterTakesThePlaceOfWhatWasLeft() {
        flush(record("a", "1"), record("b", "2"));
        pass(A_WHILE);
        flush(record("a", "3"), record("c", "4"), record("c", "5"));

        pass(A_WHILE);

        assertThat(read()).containsExactly("1:b=2", "2:a=3", "4:c=5");
        assertThat(partition().compaction().endOffset()).isEqualTo(5);
    }

    @Test
    void nothingIsWrittenWhereNothingIsSuperseded() {
        flush(record("a", "1"), record("b", "2"));

        pass(A_WHILE);

        assertThat(runs()).extracting(Run::tier).containsExactly(Tier.LOG);
        assertThat(partition().compaction().endOffset()).isEqualTo(2);
        assertThat(indexer.statistics().compacted().files()).isZero();
    }

    @Test
    void recordsWithoutAKeyStay() {
        flush(record("a", "1"), keyless("2"), keyless("2"), record("a", "3"));

        pass(A_WHILE);

        assertThat(read()).containsExactly("1:null=2", "2:null=2", "3:a=3");
    }

    @Test
    void aTombstoneDeletesWhatIsBeforeItAndGoesAfterAWhile() {
        flush(record("a", "1"), tombstone("a"), record("b", "2"));
        pass(A_WHILE);
        assertThat(read()).containsExactly("1:a=null", "2:b=2");

        flush(record("b", "3"), record("b", "4"));
        pass(TOMBSTONES_KEPT.minus(A_WHILE.multipliedBy(3)));
        assertThat(read()).containsExactly("1:a=null", "4:b=4");

        pass(A_WHILE.multipliedBy(4));
        flush(record("b", "5"), record("b", "6"));
        pass(A_WHILE);
        assertThat(read()).containsExactly("6:b=6");
    }

    @Test
    void whatIsDeletedDoesNotComeBackWhenItsTombstoneIsGone() {
        flush(record("a", "1"), record("b", "1"), unconvertible("a", "2"));
        pass(A_WHILE);
        flush(tombstone("a"), record("b", "3"));
        pass(A_WHILE);
        pass(TOMBSTONES_KEPT);
        flush(record("b", "4"), record("b", "5"));
        pass(A_WHILE);

        assertThat(read()).containsExactly("0:a=1", "1:b=1", "2:a=2", "3:a=null", "6:b=5");
    }

    @Test
    void anotherProcessLooksAgainAtWhatWasLeft() {
        flush(record("a", "1"), record("b", "1"));
        pass(Duration.ofSeconds(3));
        ObjectKey key = runs().getFirst().key();
        ByteBuffer stored = bucket.read(key, 1 << 20).result().orElseThrow();
        loop.await(bucket.put(key, Bytes.wrap(new byte[stored.remaining()])));
        flush(tombstone("a"), record("b", "2"));
        pass(A_WHILE);
        assertThat(indexer.statistics().stuck().damaged()).isEqualTo(1);
        assertThat(partition().compaction().leftOffset()).isZero();
        assertThat(partition().compaction().endOffset()).isEqualTo(4);

        loop.await(bucket.put(key, Bytes.of(stored)));
        indexer.stop();
        indexer = started();
        flush(record("b", "3"), record("b", "4"));
        pass(TOMBSTONES_KEPT.plus(A_WHILE));
        assertThat(read()).containsExactly("2:a=null", "5:b=4");

        flush(record("b", "5"), record("b", "6"), record("b", "7"));
        pass(TOMBSTONES_KEPT);
        assertThat(read()).containsExactly("8:b=7");
    }

    @Test
    void whatCouldNotBeReadAtFirstIsLookedAtAgain() {
        flush(record("a", "1"), record("b", "1"));
        pass(Duration.ofSeconds(3));
        flush(tombstone("a"), record("b", "2"));
        pass(Duration.ofSeconds(3));
        assertThat(partition().compaction().endOffset()).isEqualTo(2);
        ObjectKey key = runs().getLast().key();
        ByteBuffer stored = bucket.read(key, 1 << 20).result().orElseThrow();
        loop.await(bucket.put(key, Bytes.wrap(new byte[stored.remaining()])));
        AtomicInteger reads = new AtomicInteger();
        store.policy(request -> {
            if (request.name().equals(key.value()) && reads.incrementAndGet() == 2) {
                loop.await(bucket.put(key, Bytes.of(stored)));
            }
            return new Fault.Pass();
        });
        pass(A_WHILE);
        assertThat(partition().compaction().endOffset()).isEqualTo(4);
        assertThat(partition().compaction().leftOffset()).isEqualTo(2);

        flush(record("b", "3"), record("b", "4"));
        pass(TOMBSTONES_KEPT.plus(A_WHILE));
        assertThat(read()).containsExactly("2:a=null", "5:b=4");
        flush(record("b", "5"), record("b", "6"), record("b", "7"));
        pass(TOMBSTONES_KEPT);
        flush(record("b", "8"), record("b", "9"), record("b", "10"));
        pass(TOMBSTONES_KEPT);

        assertThat(read()).containsExactly("11:b=10");
    }

    @Test
    void aPartitionThatCannotBeReadNowHoldsUpNoOther() {
        PartitionId others = new PartitionId(manifest.createTopic("others", 1), 0);
        flush(others, SegmentForge.batch(List.of(record("a", "1"), record("b", "1"))));
        pass(A_WHILE);
        store.policy(FaultPolicy.when(request -> runs().stream()
                .filter(run -> run.tier() == Tier.LOG)
                .anyMatch(run -> run.key().value().equals(request.name())),
                new Fault.Refused()));
        flush(record("a", "1"), record("a", "2"));
        pass(Duration.ofSeconds(3));
        assertThat(indexer.statistics().failures()).isPositive();
        flush(others, SegmentForge.batch(List.of(record("b", "2"))));

        pass(A_WHILE.multipliedBy(2));

        assertThat(read(others)).containsExactly("0:a=1", "2:b=2");
        store.policy(FaultPolicy.none());
        pass(A_WHILE);
        assertThat(read()).containsExactly("1:a=2");
    }

    @Test
    void abortedRecordsGoAndSupersedeNothing() {
        flush(record("a", "1"), record("b", "1"));
        transaction(1, record("a", "2"));
        end(1, false);
        transaction(2, record("b", "2"));
        end(2, true);

        pass(A_WHILE);

        assertThat(read()).containsExactly("0:a=1", "4:b=2");
        assertThat(indexer.statistics().compacted().removed()).isEqualTo(3);
    }

    @Test
    void whatATransactionMayStillAbortSupersedesNothing() {
        flush(record("a", "1"), record("a", "2"));
        pass(Duration.ofSeconds(3));
        transaction(1, record("a", "3"));
        pass(A_WHILE);
        assertThat(read()).containsExactly("1:a=2", "2:a=3");
        assertThat(partition().compaction().endOffset()).isEqualTo(2);

        end(1, true);
        pass(A_WHILE);
        assertThat(read()).containsExactly("2:a=3");
    }

    @Test
    void moreKeysThanThereIsRoomForTakeSeveralTurns() {
        for (int round = 0; round < 3; round++) {
            LogRecord[] records = new LogRecord[500];
            for (int i = 0; i < records.length; i++) {
                records[i] = record("key-" + i, "" + round);
            }
            flush(records);
        }

        pass(Duration.ofMinutes(10));

        assertThat(read()).hasSize(500).allMatch(record -> record.endsWith("=2"));
        assertThat(indexer.statistics().compacted().partitions()).isGreaterThan(3);
    }

    @Test
    void whileNothingCanBeWrittenNothingChangesAndAfterwardsItIsDone() {
        flush(record("a", "1"), record("a", "2"));
        store.policy(FaultPolicy.when(request -> request.operation() == Operation.PUT,
                new Fault.Refused()));
        pass(A_WHILE);
        assertThat(read()).containsExactly("0:a=1", "1:a=2");
        assertThat(indexer.statistics().failures()).isPositive();

        store.policy(request -> new Fault.Pass());
        pass(A_WHILE);

        assertThat(read()).containsExactly("1:a=2");
    }

    /** Keys and tombstones by chance, in transactions or not: the truth is a map. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void inTheEndThereIsWhatAMapWouldHold(long seed) {
        Random random = new Random(seed);
        Map<String, String> truth = new LinkedHashMap<>();
        for (int step = 0; step < 60; step++) {
            LogRecord[] records = new LogRecord[random.nextInt(1, 8)];
            for (int i = 0; i < records.length; i++) {
                String key = "k" + random.nextInt(12);
                records[i] = random.nextInt(4) == 0 ? tombstone(key) : record(key, "v" + step);
            }
            boolean kept = append(random, records);
            for (LogRecord record : records) {
                if (kept) {
                    truth.put(text(record.key()), text(record.value()));
                }
            }
            pass(Duration.ofSeconds(random.nextInt(40)));
            assertThat(lastOfEachKey()).isEqualTo(withoutTombstones(truth));
        }
        pass(TOMBSTONES_KEPT);
        flush(record("last", "1"), record("last", "2"));
        pass(TOMBSTONES_KEPT);
        flush(record("last", "3"), record("last", "4"));
        pass(A_WHILE);

        truth.put("last", "4");
        assertThat(read()).hasSize(withoutTombstones(truth).size());
        assertThat(lastOfEachKey()).isEqualTo(withoutTombstones(truth));
    }

    /** Whether they count. */
    private boolean append(Random random, LogRecord[] records) {
        if (random.nextBoolean()) {
            flush(records);
            return true;
        }
        int producer = random.nextInt(3);
        transaction(producer, records);
        pass(Duration.ofSeconds(random.nextInt(10)));
        boolean committed = random.nextBoolean();
        end(producer, committed);
        return committed;
    }

    private Map<String, String> lastOfEachKey() {
        Map<String, String> last = new TreeMap<>();
        new RunRecords(bucket).of(partition())
                .forEach(stored -> last.put(text(stored.record().key()),
                        text(stored.record().value())));
        return withoutTombstones(last);
    }

    private static Map<String, String> withoutTombstones(Map<String, String> map) {
        Map<String, String> living = new TreeMap<>(map);
        living.values().removeIf("null"::equals);
        return living;
    }

    private Indexer started() {
        Indexer indexer = new Indexer(new Indexer.Parts(manifest.follower(), manifest.committer(),
                loop, store, store, new DirectWorkers(), manifest.ids(),
                new IndexerRules(RetentionRules.FOREVER, HistoryRules.NONE,
                        (state, topic) -> Optional.of(new CompactionRule(0, Long.MAX_VALUE,
                                TOMBSTONES_KEPT.toMillis(), 0))),
                new AllDuties(manifest.committer()::isCommitter)),
                SETTINGS);
        indexer.start();
        return indexer;
    }

    private void flush(LogRecord... records) {
        flush(SegmentForge.batch(List.of(records)));
    }

    private void flush(ValidBatch batch) {
        flush(orders, batch);
    }

    private void flush(PartitionId partition, ValidBatch batch) {
        SegmentBuilder builder = new SegmentBuilder(manifest.ids().get());
        builder.add(partition, batch);
        manifest.commit(manifest.inline(builder.build()));
    }

    private void transaction(int number, LogRecord... records) {
        ProducerIdentity producer = manifest.commit(new InitTransactionalId(id(number), 600_000,
                Optional.ofNullable(producers.get(number)), 100 + number));
        producers.put(number, producer);
        flush(SegmentForge.batch(new ProducerSequence(producer.id(), producer.epoch(), 0,
                ProducerSequence.Membership.JOINS),
                List.of(records)).joining());
    }

    private void end(int number, boolean committed) {
        ProducerIdentity producer = Optional.ofNullable(producers.get(number)).orElseThrow();
        manifest.commit(new EndTransaction(id(number), producer, committed,
                new EndTransaction.Succession.Same(),
                new EndTransaction.End(manifest.ids().get(), 1_000, 1_000_000)));
    }

    private static TransactionalId id(int number) {
        return new TransactionalId("transactions-" + number);
    }

    private static LogRecord record(String key, String value) {
        return new LogRecord(1_000, bytes(key), bytes(value), List.of());
    }

    private static LogRecord keyless(String value) {
        return new LogRecord(1_000, Optional.empty(), bytes(value), List.of());
    }

    private static LogRecord tombstone(String key) {
        return new LogRecord(1_000, bytes(key), Optional.empty(), List.of());
    }

    /** No history file can hold it. */
    private static LogRecord unconvertible(String key, String value) {
        return new LogRecord(1_000, bytes(key), bytes(value),
                List.of(new RecordHeader(NO_TEXT, Optional.empty())));
    }

    private static Optional<ByteBuffer> bytes(String text) {
        return Optional.of(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private static String text(Optional<ByteBuffer> bytes) {
        return bytes.map(it -> UTF_8.decode(it.duplicate()).toString()).orElse("null");
    }

    private List<String> read() {
        return read(orders);
    }

    private List<String> read(PartitionId id) {
        List<String> texts = new ArrayList<>();
        new RunRecords(bucket).of(partition(id)).forEach(stored -> texts.add(stored.offset() + ":"
                + text(stored.record().key()) + "=" + text(stored.record().value())));
        return texts;
    }

    private List<Run> runs() {
        return partition().runsBetween(0, partition().runCount());
    }

    private PartitionState partition() {
        return partition(orders);
    }

    private PartitionState partition(PartitionId id) {
        return manifest.state().partition(id).orElseThrow();
    }

    private void pass(Duration time) {
        loop.advance(time);
    }
}
