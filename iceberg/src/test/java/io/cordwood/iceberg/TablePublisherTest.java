package io.cordwood.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.iceberg.table.BucketUri;
import io.cordwood.iceberg.table.StoredFiles;
import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.commit.ConvertRuns;
import io.cordwood.manifest.commit.DeleteRecords;
import io.cordwood.manifest.commit.DeleteTopic;
import io.cordwood.manifest.commit.Replacement;
import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.manifest.event.TableVersion;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;

/** When tables are published, and what a catalog then says of them. */
class TablePublisherTest {

    private static final TopicName ORDERS = new TopicName("orders");
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final BucketUri URI = BucketUri.s3("bucket", "");
    private static final int OBJECT_SIZE_MAX = 1 << 20;

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final FailingObjectStore store = new FailingObjectStore(bucket, FaultPolicy.none());
    private final ManifestFixture manifest = ManifestFixture.elected(bucket, loop, 1);
    private final UUID topic = manifest.createTopic("orders", 2);
    private final PartitionId first = new PartitionId(topic, 0);
    private final PartitionId second = new PartitionId(topic, 1);
    private final TablePublisher publisher = new TablePublisher(
            new TablePublisher.Parts(manifest.follower(), manifest.committer(), loop, store,
                    new DirectWorkers(), manifest.ids()),
            URI, PAUSE);
    private final TableCatalog catalog = new TableCatalog(manifest.follower(), loop, bucket, URI);

    TablePublisherTest() {
        publisher.start();
    }

    @Test
    void aTopicIsATableFromItsFirstHistoryOn() {
        manifest.append(first, 3);
        look();
        assertThat(catalog.names()).isEmpty();
        assertThat(catalog.contains(ORDERS)).isFalse();
        assertThat(load()).isEmpty();

        UUID file = convert(first);
        look();

        assertThat(catalog.names()).containsExactly(ORDERS);
        assertThat(catalog.contains(ORDERS)).isTrue();
        assertThat(table().uuid()).isEqualTo(topic);
        assertThat(files()).containsExactly(location(file));
        assertThat(publisher.statistics().versions()).isEqualTo(1);
        assertThat(publisher.statistics().bytes()).isPositive();
    }

    @Test
    void aTableThatListsWhatThereIsIsLeftAlone() {
        history(first);
        look();

        manifest.append(first, 3);
        manifest.createTopic("other", 1);
        look();
        look();

        assertThat(version().number()).isEqualTo(1);
    }

    @Test
    void aTableFollowsWhatBecomesOfHistory() {
        history(first);
        history(first);
        UUID other = history(second);
        look();
        assertThat(files()).hasSize(3);

        UUID merged = convert(first);
        look();
        assertThat(files()).containsExactlyInAnyOrder(location(merged), location(other));

        manifest.commit(new DeleteRecords(first, OptionalLong.empty()));
        look();
        assertThat(files()).containsExactly(location(other));

        manifest.commit(new DeleteRecords(second, OptionalLong.empty()));
        look();
        assertThat(files()).isEmpty();
        assertThat(catalog.contains(ORDERS)).isTrue();
        assertThat(table().currentSnapshot().sequenceNumber()).isEqualTo(version().number())
                .isEqualTo(4);
    }

    @Test
    void nothingThatATableNeedsIsGarbageAndAllElseOfItIs() {
        history(first);
        look();
        TableVersion before = version();
        history(first);
        look();

        assertThat(garbage()).containsAll(before.objects(topic))
                .doesNotContainAnyElementsOf(version().objects(topic));
        assertThat(version().objects(topic)).allMatch(object -> isStored(object.key()));

        TableVersion last = version();
        manifest.commit(new DeleteTopic(ORDERS));
        assertThat(garbage()).containsAll(last.objects(topic));
        assertThat(catalog.names()).isEmpty();
        look();
        assertThat(publisher.statistics().failures()).isZero();
    }

    @Test
    void whatFailsIsTriedAgainAndUntilThenTheTableIsAsItWas() {
        UUID file = history(first);
        look();
        history(first);
        store.policy(FaultPolicy.when(request -> request.operation().isWrite(),
                new Fault.TimeOut(Fault.Landing.AT_ONCE)));
        look();
        look();
        assertThat(publisher.statistics().failures()).isEqualTo(2);
        assertThat(files()).containsExactly(location(file));

        store.policy(FaultPolicy.none());
        look();

        assertThat(files()).hasSize(2);
        assertThat(version().number()).isEqualTo(2);
    }

    @Test
    void aTableThatFailsKeepsNoOtherFromItsTurn() {
        history(first);
        UUID other = manifest.createTopic("zebra", 1);
        history(new PartitionId(other, 0));
        store.policy(FaultPolicy.when(
                request -> request.name().startsWith(BucketLayout.historyOf(topic)),
                new Fault.Refused()));

        look();

        assertThat(catalog.names()).containsExactly(new TopicName("zebra"));
        assertThat(publisher.statistics().failures()).isEqualTo(1);
    }

    @Test
    void onlyTheCommitterPublishes() {
        history(first);
        ManifestFixture.elected(bucket, loop, 2);
        manifest.catchUp();
        loop.await(manifest.committer().deposed());

        look();

        assertThat(catalog.names()).isEmpty();
        assertThat(publisher.statistics().versions()).isZero();
    }

    @Test
    void aNodeThatIsBehindGivesTheNewestTableWhenItsOwnIsGone() {
        history(first);
        look();
        ManifestFixture behind = ManifestFixture.open(bucket, loop, 2);
        behind.catchUp();
        TableCatalog itsCatalog = new TableCatalog(behind.follower(), loop, bucket, URI);
        ObjectKey old = BucketLayout.tableMetadata(topic, version().id());
        history(first);
        look();
        loop.await(bucket.delete(old));

        LoadedTable loaded = loop.await(itsCatalog.load(ORDERS)).orElseThrow();

        assertThat(loaded.location()).isEqualTo(
                URI.of(BucketLayout.tableMetadata(topic, version().id())));
    }

    @Test
    void aTableWhoseMetadataIsLostIsSaidToBe() {
        history(first);
        look();
        loop.await(bucket.delete(BucketLayout.tableMetadata(topic, version().id())));

        assertThatThrownBy(() -> load()).isInstanceOf(CorruptException.class);
    }

    private void look() {
        loop.advance(PAUSE);
        loop.advance(Duration.ofSeconds(1));
    }

    /** Some records more, which are history at once. */
    private UUID history(PartitionId partition) {
        long base = manifest.append(partition, 3);
        return convert(partition, base);
    }

    /** All of a partition becomes one file. */
    private UUID convert(PartitionId partition) {
        return convert(partition, 0);
    }

    private UUID convert(PartitionId partition, long base) {
        PartitionState state = manifest.state().partition(partition).orElseThrow();
        List<Run> sources = new ArrayList<>();
        for (Run run : state.runs()) {
            if (run.baseOffset() >= base) {
                sources.add(run);
            }
        }
        UUID file = manifest.ids().get();
        int offsets = Math.toIntExact(state.nextOffset() - sources.getFirst().baseOffset());
        manifest.commit(new ConvertRuns(
                new HistoryPlace(partition.topic(), file, new ByteRange(400, 100), 1, offsets, 0),
                new Replacement(CommittedRun.of(partition, 0, 500, offsets, 99), sources)));
        return file;
    }

    private TableVersion version() {
        return manifest.state().topic(topic).flatMap(TopicState::table).orElseThrow();
    }

    private List<DataObject> garbage() {
        List<DataObject> garbage = new ArrayList<>();
        manifest.state().references().garbage().forEach(garbage::add);
        return garbage;
    }

    private boolean isStored(ObjectKey key) {
        return loop.await(bucket.read(key, OBJECT_SIZE_MAX)).isPresent();
    }

    private Optional<LoadedTable> load() {
        return loop.await(catalog.load(ORDERS));
    }

    private Table table() {
        return new StoredFiles(this::bytes).table(load().orElseThrow().location());
    }

    private byte[] bytes(String location) {
        ObjectKey key = new ObjectKey(location.substring(URI.of("").length()));
        return loop.await(bucket.read(key, OBJECT_SIZE_MAX)).orElseThrow().array();
    }

    private List<String> files() {
        List<String> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> plan = table().newScan().planFiles()) {
            plan.forEach(task -> files.add(task.file().location()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return files;
    }

    private String location(UUID file) {
        return URI.of(BucketLayout.history(topic, file));
    }
}
