package io.cordwood.manifest.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.ConfigChange;
import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.ConfigsChanged;
import io.cordwood.manifest.event.ManifestEvent.PartitionsAdded;
import io.cordwood.manifest.event.ManifestEvent.RecordsDeleted;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.ManifestEvent.TopicDeleted;
import io.cordwood.manifest.event.ManifestEvent.TransactionEnded;
import io.cordwood.manifest.event.ManifestEvent.TransactionalIdInitialized;
import io.cordwood.manifest.event.ProducedBatch;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.ProducerSequence.Membership;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of a state when administrators change it. */
class AlterationsTest {

    private static final UUID TOPIC = new UUID(1, 1);
    private static final TopicName NAME = new TopicName("orders");
    private static final PartitionId PARTITION = new PartitionId(TOPIC, 0);
    private static final UUID WAL = new UUID(2, 2);
    private static final ByteRange INDEX = new ByteRange(500, 50);
    private static final ProducerIdentity PRODUCER = new ProducerIdentity(7, (short) 0);
    private static final TransactionalId ID = new TransactionalId("shop");
    private static final Configs ONE = Configs.of(Map.of("a", "1"));

    private final EntryChain chain = EntryChain.elected();
    private long number;

    AlterationsTest() {
        chain.append(new TopicCreated(TOPIC, NAME, 1, ONE));
    }

    @Test
    void aTopicIsBornWithItsSettingsAndTakesThemAlong() {
        assertThat(topic().configs()).isEqualTo(ONE);

        chain.append(new TopicDeleted(TOPIC), new TopicCreated(new UUID(1, 2), NAME, 1));

        assertThat(chain.state().topic(NAME).orElseThrow().configs()).isEqualTo(Configs.NONE);
    }

    @Test
    void settingsOfATopicChangeAndTheOthersStay() {
        chain.append(changed(new ConfigScope.Topic(TOPIC), Configs.of(Map.of("b", "2", "c", "3"))));
        chain.append(new ConfigsChanged(new ConfigScope.Topic(TOPIC),
                new ConfigChange(Configs.of(Map.of("b", "4")), new TreeSet<>(List.of("c")))));

        assertThat(topic().configs()).isEqualTo(Configs.of(Map.of("a", "1", "b", "4")));
    }

    @Test
    void brokersAndGroupsHaveSettingsOfTheirOwn() {
        chain.append(changed(new ConfigScope.AllBrokers(), ONE),
                changed(new ConfigScope.Broker(3), Configs.of(Map.of("b", "2"))),
                changed(new ConfigScope.Group("g"), Configs.of(Map.of("c", "3"))));

        ResourceConfigs configs = chain.state().configs();
        assertThat(configs.allBrokers()).isEqualTo(ONE);
        assertThat(configs.broker(3).value("b")).contains("2");
        assertThat(configs.broker(4)).isEqualTo(Configs.NONE);
        assertThat(configs.group("g").value("c")).contains("3");
        assertThat(configs.groups()).containsExactly("g");
    }

    @Test
    void aGroupWithoutSettingsLeavesNothingBehind() {
        chain.append(changed(new ConfigScope.Group("g"), ONE));

        chain.append(new ConfigsChanged(new ConfigScope.Group("g"),
                new ConfigChange(Configs.NONE, new TreeSet<>(List.of("a")))));

        assertThat(chain.state().configs().groups()).isEmpty();
    }

    @Test
    void partitionsAreAddedEmptyAndTheOthersStay() {
        chain.append(committed(run(5, 10)));

        chain.append(new PartitionsAdded(TOPIC, 3));

        assertThat(topic().partitionCount()).isEqualTo(3);
        assertThat(topic().partition(0).nextOffset()).isEqualTo(5);
        assertThat(topic().partition(2).nextOffset()).isZero();
        assertThat(topic().configs()).isEqualTo(ONE);
        assertBroken("only grows", new PartitionsAdded(TOPIC, 3));
        assertBroken("is there", new PartitionsAdded(WAL, 3));
    }

    @Test
    void theStartMovesAndRunsWhollyBeforeItLeave() {
        chain.append(committed(run(5, 10), run(5, 11), run(5, 12)));

        chain.append(new RecordsDeleted(PARTITION, 7));

        assertThat(partition().startOffset()).isEqualTo(7);
        assertThat(partition().nextOffset()).isEqualTo(15);
        assertThat(partition().runs()).extracting(Run::baseOffset).containsExactly(5L, 10L);
        assertThat(partition().sizeBytes()).isEqualTo(200);
        assertThat(partition().indexOfOffset(7)).isZero();
        assertThat(partition().holds(6)).isFalse();
    }

    @Test
    void aPartitionOfWhichEverythingWasDeletedGoesOnWhereItWas() {
        chain.append(committed(run(5, 10)));

        chain.append(new RecordsDeleted(PARTITION, 5));
        assertThat(partition().runCount()).isZero();
        chain.append(committed(run(2, 3)));

        assertThat(partition().startOffset()).isEqualTo(5);
        assertThat(partition().run(0).baseOffset()).isEqualTo(5);
        assertThat(partition().run(0).latestTimestampMillis()).isEqualTo(3);
    }

    @Test
    void noRunIsFoundByTheTimeOfOneThatIsGone() {
        chain.append(committed(run(5, 90), run(5, 20), run(5, 30), run(5, 95), run(5, 10)));

        chain.append(new RecordsDeleted(PARTITION, 5));

        assertThat(partition().runs()).extracting(Run::latestTimestampMillis)
                .containsExactly(20L, 30L, 95L, 95L);
        assertThat(partition().indexOfTimestamp(25)).isEqualTo(1);
        assertThat(partition().indexOfTimestamp(25, 2)).isEqualTo(2);
        assertThat(partition().indexOfTimestamp(25, 3)).isEqualTo(4);
    }

    @Test
    void theStartOnlyRisesUpToTheEnd() {
        chain.append(committed(run(5, 10)));
        chain.append(new RecordsDeleted(PARTITION, 3));

        assertBroken("only rises", new RecordsDeleted(PARTITION, 2));
        assertBroken("only rises", new RecordsDeleted(PARTITION, 6));
        assertBroken("exists", new RecordsDeleted(new PartitionId(TOPIC, 1), 0));
    }

    @Test
    void whatIsKnownOfProducersStays() {
        chain.append(committed(produced(Membership.NONE)));

        chain.append(new RecordsDeleted(PARTITION, 4));

        assertThat(partition().producer(7).orElseThrow().lastSequence()).isEqualTo(3);
    }

    @Test
    void anOpenTransactionGoesOnAndReadersWaitAtTheStartAtMost() {
        chain.append(new TransactionalIdInitialized(ID, PRODUCER, 1_000, Optional.empty()));
        chain.append(committed(produced(Membership.JOINS), run(2, 5)));
        assertThat(partition().lastStableOffset()).isZero();

        chain.append(new RecordsDeleted(PARTITION, 5));

        assertThat(partition().lastStableOffset()).isEqualTo(5);
        assertThat(partition().openOffset(7)).hasValue(0);
        chain.append(ended());
        assertThat(partition().lastStableOffset()).isEqualTo(7);
        assertThat(partition().abortedBetween(5, 7))
                .containsExactly(new AbortedTransaction(7, 0, 6));
    }

    @Test
    void anAbortedTransactionThatLiesWhollyBeforeTheStartIsForgotten() {
        chain.append(new TransactionalIdInitialized(ID, PRODUCER, 1_000, Optional.empty()));
        chain.append(committed(produced(Membership.JOINS)));
        chain.append(ended());

        chain.append(new RecordsDeleted(PARTITION, 4));
        assertThat(partition().abortedBetween(0, 5)).hasSize(1);
        chain.append(new RecordsDeleted(PARTITION, 5));

        assertThat(partition().abortedBetween(0, 5)).isEmpty();
    }

    private TopicState topic() {
        return chain.state().topic(TOPIC).orElseThrow();
    }

    private PartitionState partition() {
        return chain.state().partition(PARTITION).orElseThrow();
    }

    private static ConfigsChanged changed(ConfigScope scope, Configs set) {
        return new ConfigsChanged(scope, new ConfigChange(set, new TreeSet<>()));
    }

    private SegmentCommitted committed(CommittedRun... runs) {
        number++;
        return new SegmentCommitted(WAL, number,
                new SegmentPlace.Stored(new UUID(40, number), INDEX), List.of(runs));
    }

    private static CommittedRun run(int offsets, long maxTimestamp) {
        return CommittedRun.of(PARTITION, 32, 100, offsets, maxTimestamp);
    }

    /** Four records of a producer. */
    private static CommittedRun produced(Membership membership) {
        return new CommittedRun(PARTITION, 32, 100, 4, 1, List.of(new ProducedBatch(
                new ProducerSequence(PRODUCER.id(), PRODUCER.epoch(), 0, membership), 0, 4)));
    }

    /** The abort of the transaction, with its control batch. */
    private static TransactionEnded ended() {
        return new TransactionEnded(ID, false, PRODUCER, new SegmentPlace.Inline(0, INDEX),
                List.of(CommittedRun.of(PARTITION, 32, 78, 1, -1)), List.of());
    }

    private void assertBroken(String promise, ManifestEvent event) {
        assertThatThrownBy(() -> chain.append(event)).isInstanceOf(AssertionError.class)
                .hasMessageContaining(promise);
    }
}
