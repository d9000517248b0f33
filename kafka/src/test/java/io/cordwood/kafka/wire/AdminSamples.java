package io.cordwood.kafka.wire;

import java.util.List;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopic;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.TopicRequest;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.ListConfigResourcesRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * A sensible request of each API for administrators, about one topic.
 *
 * @param topic its name
 */
record AdminSamples(String topic) {

    private static final byte TOPIC = ConfigResource.Type.TOPIC.id();

    ApiMessage of(ApiKeys api, short version) {
        return switch (api) {
            case DESCRIBE_CONFIGS -> describeConfigs();
            case ALTER_CONFIGS -> alterConfigs();
            case INCREMENTAL_ALTER_CONFIGS -> incrementalAlterConfigs();
            case LIST_CONFIG_RESOURCES -> new ListConfigResourcesRequestData();
            case CREATE_PARTITIONS -> createPartitions(version);
            case DELETE_RECORDS -> new DeleteRecordsRequestData().setTopics(List.of(
                    new DeleteRecordsTopic().setName(topic).setPartitions(List.of(
                            new DeleteRecordsPartition().setPartitionIndex(0).setOffset(-1)))));
            case DESCRIBE_TOPIC_PARTITIONS -> describeTopicPartitions();
            case DESCRIBE_LOG_DIRS -> describeLogDirs();
            case ELECT_LEADERS -> new ElectLeadersRequestData().setTopicPartitions(null);
            case LIST_PARTITION_REASSIGNMENTS -> new ListPartitionReassignmentsRequestData()
                    .setTopics(null);
            case ALTER_PARTITION_REASSIGNMENTS -> reassign();
            default -> new TransactionSamples(topic).of(api, version);
        };
    }

    private ApiMessage describeTopicPartitions() {
        return new DescribeTopicPartitionsRequestData().setResponsePartitionLimit(1)
                .setTopics(List.of(new TopicRequest().setName(topic)))
                .setCursor(new Cursor().setTopicName(topic).setPartitionIndex(0));
    }

    private ApiMessage describeLogDirs() {
        DescribeLogDirsRequestData request = new DescribeLogDirsRequestData();
        request.topics().add(new DescribableLogDirTopic().setTopic(topic)
                .setPartitions(List.of(0)));
        return request;
    }

    private ApiMessage reassign() {
        return new AlterPartitionReassignmentsRequestData().setTopics(List.of(
                new ReassignableTopic().setName(topic).setPartitions(List.of(
                        new ReassignablePartition().setPartitionIndex(0)
                                .setReplicas(List.of(1))))));
    }

    private ApiMessage describeConfigs() {
        return new DescribeConfigsRequestData().setIncludeSynonyms(true).setResources(List.of(
                new DescribeConfigsResource().setResourceType(TOPIC).setResourceName(topic),
                new DescribeConfigsResource().setResourceType(ConfigResource.Type.BROKER.id())
                        .setResourceName("1").setConfigurationKeys(List.of("broker.id"))));
    }

    private ApiMessage alterConfigs() {
        AlterConfigsRequestData request = new AlterConfigsRequestData();
        var resource = new AlterConfigsRequestData.AlterConfigsResource()
                .setResourceType(TOPIC)
                .setResourceName(topic);
        resource.configs().add(new AlterConfigsRequestData.AlterableConfig()
                .setName("retention.ms").setValue("1000000"));
        request.resources().add(resource);
        return request;
    }

    private ApiMessage incrementalAlterConfigs() {
        IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData();
        var resource = new IncrementalAlterConfigsRequestData.AlterConfigsResource()
                .setResourceType(TOPIC).setResourceName(topic);
        resource.configs().add(new IncrementalAlterConfigsRequestData.AlterableConfig()
                .setName("cleanup.policy").setValue("delete")
                .setConfigOperation(OpType.APPEND.id()));
        request.resources().add(resource);
        return request;
    }

    /** Each version adds one more. */
    private ApiMessage createPartitions(short version) {
        CreatePartitionsRequestData request = new CreatePartitionsRequestData()
                .setTimeoutMs(1_000);
        request.topics().add(new CreatePartitionsTopic().setName(topic).setCount(2 + version)
                .setAssignments(null));
        return request;
    }
}
