package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.kafka.wire.RequestSamples;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopic;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups as clients speak of them that are older, or broken. */
class GroupsWireTest {

    /** The last versions before KIP-890, as librdkafka and KafkaJS speak them. */
    private static final short OLDER = 3;

    private static final short FETCH_BY_NAME = 7;
    private static final String GROUP = "billing";

    /** Where a frame names its API: behind its length. */
    private static final int API_AT = 4;

    private static final List<ApiKeys> APIS = List.of(ApiKeys.JOIN_GROUP, ApiKeys.SYNC_GROUP,
            ApiKeys.HEARTBEAT, ApiKeys.LEAVE_GROUP, ApiKeys.CONSUMER_GROUP_HEARTBEAT,
            ApiKeys.CONSUMER_GROUP_DESCRIBE, ApiKeys.STREAMS_GROUP_HEARTBEAT,
            ApiKeys.STREAMS_GROUP_DESCRIBE, ApiKeys.LIST_GROUPS, ApiKeys.DESCRIBE_GROUPS,
            ApiKeys.DELETE_GROUPS, ApiKeys.OFFSET_COMMIT, ApiKeys.OFFSET_FETCH,
            ApiKeys.OFFSET_DELETE, ApiKeys.ADD_OFFSETS_TO_TXN, ApiKeys.TXN_OFFSET_COMMIT);

    @TempDir
    static Path folder;

    private static RunningServer server;
    private final RequestSamples samples = new RequestSamples("orders", Uuid.ZERO_UUID);

    @BeforeAll
    static void start() throws InterruptedException {
        server = RunningServer.start("file:" + folder.resolve("bucket"), folder.resolve("local"));
        new KafkaClients(server).createTopic("orders", 1);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void olderClientsTakeAGroupIntoATransactionBeforeTheyCommitOffsets() throws IOException {
        try (KafkaWire wire = KafkaWire.connect(server)) {
            InitProducerIdResponseData producer = (InitProducerIdResponseData) wire.ask(
                    ApiKeys.INIT_PRODUCER_ID, OLDER, new InitProducerIdRequestData()
                            .setTransactionalId("older").setTransactionTimeoutMs(60_000))
                    .data();
            assertThat(errors(wire, ApiKeys.TXN_OFFSET_COMMIT, commit(producer, 4)))
                    .containsExactly(Errors.INVALID_TXN_STATE);

            assertThat(errors(wire, ApiKeys.ADD_OFFSETS_TO_TXN, new AddOffsetsToTxnRequestData()
                    .setTransactionalId("older").setGroupId(GROUP)
                    .setProducerId(producer.producerId())
                    .setProducerEpoch(producer.producerEpoch()))).containsExactly(Errors.NONE);
            assertThat(errors(wire, ApiKeys.TXN_OFFSET_COMMIT, commit(producer, 5)))
                    .containsExactly(Errors.NONE);
            assertThat(committed(wire)).isEqualTo(-1);
            assertThat(errors(wire, ApiKeys.END_TXN, new EndTxnRequestData()
                    .setTransactionalId("older").setCommitted(true)
                    .setProducerId(producer.producerId())
                    .setProducerEpoch(producer.producerEpoch()))).containsExactly(Errors.NONE);

            assertThat(committed(wire)).isEqualTo(5);
            assertThat(errors(wire, ApiKeys.TXN_OFFSET_COMMIT, commit(producer, 6)))
                    .containsExactly(Errors.INVALID_TXN_STATE);
        }
    }

    @Test
    void mutatedRequestsOfGroupsAreAnsweredOrCloseTheirConnection() throws IOException {
        Random random = new Random(Long.getLong("seed", 3));
        int answered = 0;
        for (int i = 0; i < Integer.getInteger("frames", 1_000); i++) {
            ByteBuffer frame = mutated(random);
            try (KafkaWire wire = KafkaWire.connect(server)) {
                wire.send(frame);
                answered += isAnswered(wire, ApiKeys.forId(frame.getShort(API_AT))) ? 1 : 0;
            }
        }

        assertThat(answered).isPositive();
        assertThat(server.log()).doesNotContain("A bug, please report it");
        try (KafkaWire wire = KafkaWire.connect(server)) {
            assertThat(wire.ask(ApiKeys.OFFSET_COMMIT, (short) 9,
                    samples.of(ApiKeys.OFFSET_COMMIT, (short) 9)).errorCounts())
                    .containsOnlyKeys(Errors.NONE);
        }
    }

    /** Its length is right, or the server would wait for the rest. */
    private ByteBuffer mutated(Random random) {
        ApiKeys api = APIS.get(random.nextInt(APIS.size()));
        short version = (short) random.nextInt(api.oldestVersion(),
                api.latestVersion(false) + 1);
        ByteBuffer frame = RequestSamples.frame(KafkaWire.header(api, version, 1),
                samples.of(api, version));
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = random.nextInt(8, frame.limit());
            frame.put(at, (byte) (frame.get(at) ^ 1 << random.nextInt(8)));
        }
        return frame;
    }

    /** Who joins may have to wait for the other members, for as long as the frame says. */
    private static boolean isAnswered(KafkaWire wire, ApiKeys api) throws IOException {
        try {
            return wire.receive().length > 0;
        } catch (SocketTimeoutException waiting) {
            assertThat(api).isEqualTo(ApiKeys.JOIN_GROUP);
            return false;
        } catch (EOFException | SocketException closed) {
            return false;
        }
    }

    private static ApiMessage commit(InitProducerIdResponseData producer, long offset) {
        return new TxnOffsetCommitRequestData().setTransactionalId("older").setGroupId(GROUP)
                .setProducerId(producer.producerId()).setProducerEpoch(producer.producerEpoch())
                .setTopics(List.of(new TxnOffsetCommitRequestTopic().setName("orders")
                        .setPartitions(List.of(new TxnOffsetCommitRequestPartition()
                                .setPartitionIndex(0).setCommittedOffset(offset)))));
    }

    private static Iterable<Errors> errors(KafkaWire wire, ApiKeys api, ApiMessage request)
            throws IOException {
        return wire.ask(api, OLDER, request).errorCounts().keySet();
    }

    /** Once the transaction that was ended last has ended for the group too. */
    private static long committed(KafkaWire wire) throws IOException {
        OffsetFetchResponseData fetched;
        do {
            fetched = (OffsetFetchResponseData) wire.ask(ApiKeys.OFFSET_FETCH, FETCH_BY_NAME,
                    new OffsetFetchRequestData().setGroupId(GROUP)
                            .setTopics(List.of(new OffsetFetchRequestTopic().setName("orders")
                                    .setPartitionIndexes(List.of(0)))))
                    .data();
        } while (fetched.errorCode() != Errors.NONE.code());
        return fetched.topics().getFirst().partitions().getFirst().committedOffset();
    }
}
