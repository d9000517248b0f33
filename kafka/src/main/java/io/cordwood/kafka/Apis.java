package io.cordwood.kafka;

import io.cordwood.kafka.cluster.Brokers;
import io.cordwood.kafka.cluster.DescribeClusterHandler;
import io.cordwood.kafka.cluster.FindCoordinatorHandler;
import io.cordwood.kafka.configs.GroupConfigs;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.producers.AddPartitionsToTxnHandler;
import io.cordwood.kafka.producers.EndTxnHandler;
import io.cordwood.kafka.producers.InitProducerIdHandler;
import io.cordwood.kafka.producers.ProducerIdBlock;
import io.cordwood.kafka.producers.TransactionEnds;
import io.cordwood.kafka.records.FetchHandler;
import io.cordwood.kafka.records.ListOffsetsHandler;
import io.cordwood.kafka.records.OffsetForLeaderEpochHandler;
import io.cordwood.kafka.records.ProduceHandler;
import io.cordwood.kafka.topics.CreateTopicsHandler;
import io.cordwood.kafka.topics.DeleteTopicsHandler;
import io.cordwood.kafka.topics.MetadataHandler;
import io.cordwood.kafka.wire.Api;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AddPartitionsToTxnRequest;
import org.apache.kafka.common.requests.CreateTopicsRequest;
import org.apache.kafka.common.requests.DeleteTopicsRequest;
import org.apache.kafka.common.requests.DescribeClusterRequest;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.OffsetsForLeaderEpochRequest;
import org.apache.kafka.common.requests.ProduceRequest;

/** The APIs of the log, and by whom each is served. */
public final class Apis {

    private Apis() {}

    /**
     * The APIs of a log that clients reach through brokers.
     *
     * @param groupConfigs the settings that a group can have
     */
    public static List<Api<?>> of(KafkaLog log, Brokers brokers, KafkaSettings settings,
            GroupConfigs groupConfigs) {
        TransactionEnds ends = new TransactionEnds(log, new ProducerIdBlock(log));
        List<Api<?>> apis = new ArrayList<>(
                AdminApis.of(log, brokers, settings, ends, groupConfigs));
        apis.addAll(List.of(
                Api.of(ApiKeys.PRODUCE, ProduceRequest.class, new ProduceHandler(log)),
                Api.of(ApiKeys.FETCH, FetchRequest.class,
                        new FetchHandler(log, brokers, settings.fetchBytesMax())),
                Api.of(ApiKeys.LIST_OFFSETS, ListOffsetsRequest.class,
                        new ListOffsetsHandler(log)),
                Api.of(ApiKeys.OFFSET_FOR_LEADER_EPOCH, OffsetsForLeaderEpochRequest.class,
                        new OffsetForLeaderEpochHandler(log)),
                Api.of(ApiKeys.METADATA, MetadataRequest.class,
                        new MetadataHandler(log, brokers, settings.autoCreate())),
                Api.of(ApiKeys.CREATE_TOPICS, CreateTopicsRequest.class,
                        new CreateTopicsHandler(log)),
                Api.of(ApiKeys.DELETE_TOPICS, DeleteTopicsRequest.class,
                        new DeleteTopicsHandler(log)),
                Api.of(ApiKeys.DESCRIBE_CLUSTER, DescribeClusterRequest.class,
                        new DescribeClusterHandler(brokers)),
                Api.of(ApiKeys.INIT_PRODUCER_ID, InitProducerIdRequest.class,
                        new InitProducerIdHandler(ends)),
                new Api<>(ApiKeys.ADD_PARTITIONS_TO_TXN, AddPartitionsToTxnRequest.class,
                        AddPartitionsToTxnHandler.VERSION_MAX,
                        new AddPartitionsToTxnHandler(log)),
                Api.of(ApiKeys.END_TXN, EndTxnRequest.class, new EndTxnHandler(ends)),
                Api.of(ApiKeys.FIND_COORDINATOR, FindCoordinatorRequest.class,
                        new FindCoordinatorHandler(brokers))));
        return apis;
    }
}
