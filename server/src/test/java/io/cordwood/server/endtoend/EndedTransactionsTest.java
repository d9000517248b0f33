package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.commit.TakeGroupShard;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.runtime.Workers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopic;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that end while the coordinator is busy with their group's shard. */
@Timeout(60)
class EndedTransactionsTest {

    /** The last version before KIP-890, in which a producer goes on as the same instance. */
    private static final short OLDER = 3;

    private static final short BY_NAME = 7;
    private static final String GROUP = "billing";
    private static final int FETCHES = 300;

    @TempDir
    Path folder;

    private final AtomicReference<Promise<Void>> gate = new AtomicReference<>(open());

    @Test
    void whatIsPendingInTheNextTransactionIsNotTakenForWhatTheLastHasCommitted()
            throws InterruptedException, IOException {
        try (LocalKafka kafka = new LocalKafka(folder.resolve("local"), this::late)) {
            kafka.clients().createTopic("orders", 1);
            try (KafkaWire wire = KafkaWire.connect(kafka.address())) {
                InitProducerIdResponseData producer = (InitProducerIdResponseData) wire.ask(
                        ApiKeys.INIT_PRODUCER_ID, OLDER, new InitProducerIdRequestData()
                                .setTransactionalId("biller").setTransactionTimeoutMs(60_000))
                        .data();
                commitInTransaction(wire, producer, 5);
                gate.set(Promise.promise());
                loadAnew(kafka, wire);
                until(wire, ApiKeys.END_TXN, new EndTxnRequestData().setTransactionalId("biller")
                        .setCommitted(true).setProducerId(producer.producerId())
                        .setProducerEpoch(producer.producerEpoch()));

                gate.get().complete();
                commitInTransaction(wire, producer, 9);

                for (int i = 0; i < FETCHES; i++) {
                    assertThat(committed(wire)).as("fetch %d", i).isEqualTo(5);
                }
            }
        }
    }

    /** Work is done at once, but nobody is told before the gate is open. */
    private Workers late(Workers workers) {
        return new Workers() {
            @Override
            public <T> Future<T> call(Callable<T> work) {
                return workers.call(work).compose(done -> gate.get().future().map(done));
            }
        };
    }

    /** The shard is taken by another, so a write is refused and the coordinator loads it. */
    private static void loadAnew(LocalKafka kafka, KafkaWire wire) throws IOException {
        for (int shard = 0; shard < GroupShard.COUNT; shard++) {
            kafka.log().propose(new TakeGroupShard(new GroupShard(shard), new UUID(7, 7))).await();
        }
        ApiMessage plain = new OffsetCommitRequestData().setGroupId(GROUP)
                .setTopics(List.of(new OffsetCommitRequestTopic().setName("orders")
                        .setPartitions(List.of(new OffsetCommitRequestPartition()
                                .setPartitionIndex(0).setCommittedOffset(1)))));
        Errors error;
        do {
            error = wire.ask(ApiKeys.OFFSET_COMMIT, BY_NAME, plain).errorCounts().keySet()
                    .iterator().next();
            assertThat(error).isNotEqualTo(Errors.NONE);
        } while (error != Errors.COORDINATOR_LOAD_IN_PROGRESS);
    }

    private static void commitInTransaction(KafkaWire wire, InitProducerIdResponseData producer,
            long offset) throws IOException {
        until(wire, ApiKeys.ADD_OFFSETS_TO_TXN, new AddOffsetsToTxnRequestData()
                .setTransactionalId("biller").setGroupId(GROUP)
                .setProducerId(producer.producerId()).setProducerEpoch(producer.producerEpoch()));
        until(wire, ApiKeys.TXN_OFFSET_COMMIT, new TxnOffsetCommitRequestData()
                .setTransactionalId("biller").setGroupId(GROUP)
                .setProducerId(producer.producerId()).setProducerEpoch(producer.producerEpoch())
                .setTopics(List.of(new TxnOffsetCommitRequestTopic().setName("orders")
                        .setPartitions(List.of(new TxnOffsetCommitRequestPartition()
                                .setPartitionIndex(0).setCommittedOffset(offset))))));
    }

    /** Asks until nothing is wrong: clients do, while a shard is loaded. */
    private static void until(KafkaWire wire, ApiKeys api, ApiMessage request)
            throws IOException {
        Errors error;
        do {
            error = wire.ask(api, OLDER, request).errorCounts().keySet().iterator().next();
            assertThat(error).isIn(Errors.NONE, Errors.COORDINATOR_LOAD_IN_PROGRESS,
                    Errors.NOT_COORDINATOR);
        } while (error != Errors.NONE);
    }

    /** What counts now, whatever is pending. */
    private static long committed(KafkaWire wire) throws IOException {
        OffsetFetchResponseData fetched;
        do {
            fetched = (OffsetFetchResponseData) wire.ask(ApiKeys.OFFSET_FETCH, BY_NAME,
                    new OffsetFetchRequestData().setGroupId(GROUP)
                            .setTopics(List.of(new OffsetFetchRequestTopic().setName("orders")
                                    .setPartitionIndexes(List.of(0)))))
                    .data();
        } while (fetched.errorCode() != Errors.NONE.code());
        return fetched.topics().getFirst().partitions().getFirst().committedOffset();
    }

    private static Promise<Void> open() {
        Promise<Void> open = Promise.promise();
        open.complete();
        return open;
    }
}
