package io.cordwood.kafka.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageSizeAccumulator;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * A sensible request of each API that is served, about one topic.
 *
 * @param topic its name
 * @param id its id
 */
public record RequestSamples(String topic, Uuid id) {

    private static final byte TRANSACTION = 1;

    /** A request as a client sends it, its length included. */
    public static ByteBuffer frame(RequestHeader header, ApiMessage request) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        MessageSizeAccumulator size = new MessageSizeAccumulator();
        header.data().addSize(size, cache, header.headerVersion());
        request.addSize(size, cache, header.apiVersion());
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + size.totalSize());
        frame.putInt(size.totalSize());
        ByteBufferAccessor writer = new ByteBufferAccessor(frame);
        header.data().write(writer, cache, header.headerVersion());
        request.write(writer, cache, header.apiVersion());
        return frame.flip();
    }

    public ApiMessage of(ApiKeys api, short version) {
        return switch (api) {
            case API_VERSIONS -> new ApiVersionsRequestData().setClientSoftwareName("test")
                    .setClientSoftwareVersion("1");
            case METADATA -> new MetadataRequestData().setTopics(List.of(
                    new MetadataRequestTopic().setName(topic)));
            case PRODUCE -> produce(version);
            case FETCH -> fetch(version);
            case LIST_OFFSETS -> listOffsets();
            case OFFSET_FOR_LEADER_EPOCH -> offsetForLeaderEpoch();
            case CREATE_TOPICS -> create(version);
            case DELETE_TOPICS -> version < 6
                    ? new DeleteTopicsRequestData().setTopicNames(List.of("none"))
                    : new DeleteTopicsRequestData().setTopics(List.of(
                            new DeleteTopicState().setName("none")));
            case DESCRIBE_CLUSTER -> new DescribeClusterRequestData();
            case FIND_COORDINATOR -> findCoordinator(version);
            case INIT_PRODUCER_ID -> new InitProducerIdRequestData()
                    .setTransactionalId("t" + version).setTransactionTimeoutMs(60_000);
            case ADD_PARTITIONS_TO_TXN -> addPartitions();
            case END_TXN -> new EndTxnRequestData().setTransactionalId("none").setProducerId(5)
                    .setProducerEpoch((short) 0);
            case JOIN_GROUP, SYNC_GROUP, HEARTBEAT, LEAVE_GROUP, CONSUMER_GROUP_HEARTBEAT,
                    CONSUMER_GROUP_DESCRIBE, STREAMS_GROUP_HEARTBEAT, STREAMS_GROUP_DESCRIBE,
                    LIST_GROUPS, DESCRIBE_GROUPS,
                    DELETE_GROUPS, OFFSET_COMMIT, OFFSET_FETCH, OFFSET_DELETE, ADD_OFFSETS_TO_TXN,
                    TXN_OFFSET_COMMIT ->
                new GroupRequestSamples(topic, id).of(api, version);
            default -> new AdminSamples(topic).of(api, version);
        };
    }

    /** Before its first version nobody could ask for another coordinator than a group's. */
    private static ApiMessage findCoordinator(short version) {
        FindCoordinatorRequestData request = new FindCoordinatorRequestData();
        if (version > 0) {
            request.setKeyType(TRANSACTION);
        }
        return version < 4 ? request.setKey("t") : request.setCoordinatorKeys(List.of("t"));
    }

    private ApiMessage produce(short version) {
        TopicProduceData data = version < 13
                ? new TopicProduceData().setName(topic)
                : new TopicProduceData().setTopicId(id);
        data.partitionData().add(new PartitionProduceData().setIndex(0)
                .setRecords(MemoryRecords.withRecords(Compression.NONE,
                        new SimpleRecord("value".getBytes(StandardCharsets.UTF_8)))));
        ProduceRequestData request = new ProduceRequestData().setAcks((short) -1)
                .setTimeoutMs(1_000);
        request.topicData().add(data);
        return request;
    }

    private ApiMessage fetch(short version) {
        FetchTopic wanted = version < 13
                ? new FetchTopic().setTopic(topic)
                : new FetchTopic().setTopicId(id);
        return new FetchRequestData().setMaxWaitMs(10).setMinBytes(0).setIsolationLevel((byte) 1)
                .setTopics(List.of(wanted.setPartitions(List.of(
                        new FetchPartition().setPartition(0).setPartitionMaxBytes(1 << 20)))));
    }

    private ApiMessage listOffsets() {
        return new ListOffsetsRequestData().setReplicaId(-1).setTopics(List.of(
                new ListOffsetsTopic().setName(topic).setPartitions(List.of(
                        new ListOffsetsPartition().setPartitionIndex(0).setTimestamp(-1)))));
    }

    private ApiMessage offsetForLeaderEpoch() {
        OffsetForLeaderEpochRequestData request = new OffsetForLeaderEpochRequestData();
        request.topics().add(new OffsetForLeaderTopic().setTopic(topic).setPartitions(
                List.of(new OffsetForLeaderPartition().setPartition(0).setLeaderEpoch(0))));
        return request;
    }

    private static ApiMessage create(short version) {
        CreateTopicsRequestData request = new CreateTopicsRequestData();
        request.topics().add(new CreatableTopic().setName("created-" + version)
                .setNumPartitions(1).setReplicationFactor((short) 1));
        return request;
    }

    private ApiMessage addPartitions() {
        AddPartitionsToTxnRequestData request = new AddPartitionsToTxnRequestData()
                .setV3AndBelowTransactionalId("none").setV3AndBelowProducerId(5);
        request.v3AndBelowTopics().add(
                new AddPartitionsToTxnTopic().setName(topic).setPartitions(List.of(0)));
        return request;
    }
}
