package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidRegularExpression;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.NoReassignmentInProgressException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster and its transactions through Kafka's own administration client. */
class KafkaClusterAdminTest {

    private static final int BROKER = 1;

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static KafkaClients clients;
    private static Admin admin;

    @BeforeAll
    static void start() {
        server = RunningServer.start("file:" + folder.resolve("bucket"), folder.resolve("local"));
        clients = new KafkaClients(server);
        admin = clients.admin();
    }

    @AfterAll
    static void stop() {
        admin.close();
        server.close();
    }

    @Test
    void transactionsAreListedByTheirStateTheirProducerAndTheirName()
            throws InterruptedException {
        clients.createTopic("listed", 1);
        try (KafkaProducer<String, String> open = producer("listed-open");
                KafkaProducer<String, String> done = producer("listed-done")) {
            open.initTransactions();
            done.initTransactions();
            begin(open, "listed");
            begin(done, "listed");
            done.commitTransaction();

            assertThat(list(new ListTransactionsOptions())).contains("listed-open",
                    "listed-done");
            assertThat(list(new ListTransactionsOptions()
                    .filterStates(Set.of(TransactionState.ONGOING)))).contains("listed-open")
                    .doesNotContain("listed-done");
            assertThat(list(new ListTransactionsOptions()
                    .filterOnTransactionalIdPattern("listed-d.*"))).containsExactly("listed-done");
            assertThat(list(new ListTransactionsOptions().filterProducerIds(Set.of(
                    describe("listed-open").producerId())))).containsExactly("listed-open");
            assertThat(list(new ListTransactionsOptions().filterOnDuration(3_600_000)))
                    .isEmpty();
            assertFails(admin.listTransactions(new ListTransactionsOptions()
                    .filterOnTransactionalIdPattern("(")).all(), InvalidRegularExpression.class);
            open.abortTransaction();
        }
    }

    @Test
    void aTransactionIsDescribedFromItsBeginningToItsEnd() throws InterruptedException {
        clients.createTopic("described", 2);
        assertFails(admin.describeTransactions(List.of("described")).all(),
                TransactionalIdNotFoundException.class);
        try (KafkaProducer<String, String> producer = clients.producer(
                Map.of("transactional.id", "described", "transaction.timeout.ms", 77_000))) {
            producer.initTransactions();
            assertThat(describe("described").state()).isEqualTo(TransactionState.EMPTY);
            begin(producer, "described");

            TransactionDescription open = describe("described");
            assertThat(open.state()).isEqualTo(TransactionState.ONGOING);
            assertThat(open.topicPartitions()).containsExactly(
                    new TopicPartition("described", 0));
            assertThat(open.transactionTimeoutMs()).isEqualTo(77_000);
            assertThat(open.transactionStartTimeMs()).isPresent();
            ProducerState seen = producers("described").getFirst();
            assertThat(seen.producerId()).isEqualTo(open.producerId());
            assertThat(seen.producerEpoch()).isEqualTo(open.producerEpoch());
            assertThat(seen.currentTransactionStartOffset()).hasValue(0);
            assertThat(seen.lastSequence()).isZero();

            producer.commitTransaction();
            assertThat(describe("described").state())
                    .isEqualTo(TransactionState.COMPLETE_COMMIT);
            assertThat(producers("described").getFirst().currentTransactionStartOffset())
                    .isEmpty();
        }
    }

    @Test
    void aTransactionThatHangsIsAbortedFromOutsideInAllItsPartitions()
            throws InterruptedException {
        clients.createTopic("hangs", 2);
        TopicPartition first = new TopicPartition("hangs", 0);
        TopicPartition second = new TopicPartition("hangs", 1);
        try (KafkaProducer<String, String> producer = producer("hangs");
                KafkaConsumer<String, String> consumer = clients
                        .consumer(Map.of("isolation.level", "read_committed"))) {
            producer.initTransactions();
            begin(producer, "hangs");
            get(producer.send(new ProducerRecord<>("hangs", 1, null, "value")));
            assertThat(consumer.endOffsets(List.of(first, second)).values()).containsOnly(0L);
            ProducerState hanging = producers("hangs").getFirst();

            assertFails(admin.abortTransaction(new AbortTransactionSpec(first,
                    hanging.producerId(), (short) 9, 0)).all(),
                    InvalidProducerEpochException.class);
            AbortTransactionSpec abort = new AbortTransactionSpec(first, hanging.producerId(),
                    (short) hanging.producerEpoch(), hanging.coordinatorEpoch().orElse(0));
            get(admin.abortTransaction(abort).all());

            assertThat(consumer.endOffsets(List.of(first, second)).values()).containsOnly(2L);
            assertThat(describe("hangs").state()).isEqualTo(TransactionState.COMPLETE_ABORT);
            assertThatThrownBy(producer::commitTransaction).isNotNull();
            get(admin.abortTransaction(abort).all());
        }
    }

    @Test
    void aProducerIsFencedByItsTransactionalId() throws InterruptedException {
        clients.createTopic("fenced", 1);
        try (KafkaProducer<String, String> producer = producer("fenced")) {
            producer.initTransactions();
            begin(producer, "fenced");

            get(admin.fenceProducers(List.of("fenced")).all());

            assertThat(describe("fenced").state()).isNotEqualTo(TransactionState.ONGOING);
            assertThatThrownBy(producer::commitTransaction).isNotNull();
        }
    }

    @Test
    void theBucketTellsHowManyBytesPartitionsHave() throws InterruptedException {
        clients.createTopic("sized", 1);
        try (KafkaProducer<byte[], byte[]> producer = clients.bytesProducer(Map.of())) {
            get(producer.send(new ProducerRecord<>("sized", new byte[50_000])));
        }

        Map<String, LogDirDescription> dirs = KafkaClients.find(get(
                admin.describeLogDirs(List.of(BROKER)).allDescriptions()), BROKER);

        assertThat(dirs).hasSize(1).allSatisfy((name, dir) -> {
            assertThat(name).startsWith("file:");
            assertThat(dir.error()).isNull();
            assertThat(dir.totalBytes()).isEmpty();
            assertThat(KafkaClients.find(dir.replicaInfos(), new TopicPartition("sized", 0)).size())
                    .isBetween(50_000L, 51_000L);
        });
    }

    @Test
    void topicsAreDescribedInPages() throws InterruptedException {
        get(admin.createTopics(List.of(new NewTopic("paged-a", 25, (short) 1),
                new NewTopic("paged-b", 3, (short) 1))).all());

        Map<String, TopicDescription> described = get(
                admin.describeTopics(List.of("paged-a", "paged-b"),
                        new DescribeTopicsOptions().partitionSizeLimitPerResponse(7))
                        .allTopicNames());

        assertThat(KafkaClients.find(described, "paged-a").partitions()).hasSize(25)
                .allSatisfy(it -> assertThat(it.leader().id()).isEqualTo(BROKER));
        assertThat(KafkaClients.find(described, "paged-a").partitions())
                .extracting(it -> it.partition())
                .doesNotHaveDuplicates();
        assertThat(KafkaClients.find(described, "paged-b").partitions()).hasSize(3);
    }

    @Test
    void partitionsStayWhereTheyAre() throws InterruptedException {
        clients.createTopic("stays", 1);
        TopicPartition partition = new TopicPartition("stays", 0);

        assertThat(get(admin.listPartitionReassignments().reassignments())).isEmpty();
        get(admin.alterPartitionReassignments(Map.of(partition,
                Optional.of(new NewPartitionReassignment(List.of(BROKER))))).all());
        assertFails(admin.alterPartitionReassignments(Map.of(partition,
                Optional.of(new NewPartitionReassignment(List.of(BROKER, 2))))).all(),
                InvalidReplicaAssignmentException.class);
        assertFails(admin.alterPartitionReassignments(Map.of(partition, Optional.empty())).all(),
                NoReassignmentInProgressException.class);
        assertThat(get(admin.electLeaders(ElectionType.PREFERRED, Set.of(partition))
                .partitions()).get(partition))
                .hasValueSatisfying(it -> assertThat(it)
                        .isInstanceOf(ElectionNotNeededException.class));
    }

    @Test
    void whatThereIsNotIsToldByTheProtocolsOwnErrors() throws InterruptedException {
        assertFails(admin.describeAcls(AclBindingFilter.ANY).values(),
                SecurityDisabledException.class);
        assertThat(get(admin.describeClientQuotas(ClientQuotaFilter.all()).entities()))
                .isEmpty();
        assertFails(admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, "a")),
                List.of(new ClientQuotaAlteration.Op("producer_byte_rate", 1.0))))).all(),
                PolicyViolationException.class);
        assertThat(get(admin.describeUserScramCredentials().users())).isEmpty();
        assertThat(get(admin.describeCluster().nodes())).hasSize(1);
        assertThat(get(admin.describeFeatures().featureMetadata()).finalizedFeatures())
                .containsKey("transaction.version");
    }

    private static KafkaProducer<String, String> producer(String id) {
        return clients.producer(Map.of("transactional.id", id));
    }

    /** Begins a transaction that has a record in the first partition. */
    private static void begin(KafkaProducer<String, String> producer, String topic)
            throws InterruptedException {
        producer.beginTransaction();
        get(producer.send(new ProducerRecord<>(topic, 0, null, "value")));
    }

    private static List<String> list(ListTransactionsOptions options)
            throws InterruptedException {
        return get(admin.listTransactions(options).all()).stream()
                .map(TransactionListing::transactionalId).sorted().toList();
    }

    private static TransactionDescription describe(String id) throws InterruptedException {
        return KafkaClients.find(get(admin.describeTransactions(List.of(id)).all()), id);
    }

    private static List<ProducerState> producers(String topic) throws InterruptedException {
        TopicPartition partition = new TopicPartition(topic, 0);
        return KafkaClients.find(get(admin.describeProducers(List.of(partition)).all()), partition)
                .activeProducers();
    }

    private static <T> T get(Future<T> future) throws InterruptedException {
        return KafkaClients.get(future);
    }

    private static void assertFails(Future<?> future, Class<? extends Exception> reason) {
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(reason);
    }
}
