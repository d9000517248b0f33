package io.cordwood.kafka;

import io.cordwood.kafka.configs.AlterConfigsHandler;
import io.cordwood.kafka.configs.DescribeConfigsHandler;
import io.cordwood.kafka.configs.IncrementalAlterConfigsHandler;
import io.cordwood.kafka.configs.ListConfigResourcesHandler;
import io.cordwood.kafka.configs.Resources;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.records.DeleteRecordsHandler;
import io.cordwood.kafka.topics.CreatePartitionsHandler;
import io.cordwood.kafka.wire.Api;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AlterConfigsRequest;
import org.apache.kafka.common.requests.CreatePartitionsRequest;
import org.apache.kafka.common.requests.DeleteRecordsRequest;
import org.apache.kafka.common.requests.DescribeConfigsRequest;
import org.apache.kafka.common.requests.IncrementalAlterConfigsRequest;
import org.apache.kafka.common.requests.ListConfigResourcesRequest;

/** What administrators ask for, and by whom it is served. */
final class AdminApis {

    private AdminApis() {}

    /** @param groups the settings that groups have */
    static List<Api<?>> of(KafkaLog log, KafkaSettings settings, ConfigDef groups) {
        Resources resources = new Resources(log, groups);
        return List.of(
                Api.of(ApiKeys.DESCRIBE_CONFIGS, DescribeConfigsRequest.class,
                        new DescribeConfigsHandler(resources, new ServerFacts(settings)::seenFrom)),
                Api.of(ApiKeys.ALTER_CONFIGS, AlterConfigsRequest.class,
                        new AlterConfigsHandler(resources)),
                Api.of(ApiKeys.INCREMENTAL_ALTER_CONFIGS, IncrementalAlterConfigsRequest.class,
                        new IncrementalAlterConfigsHandler(resources)),
                Api.of(ApiKeys.LIST_CONFIG_RESOURCES, ListConfigResourcesRequest.class,
                        new ListConfigResourcesHandler(log)),
                Api.of(ApiKeys.DELETE_RECORDS, DeleteRecordsRequest.class,
                        new DeleteRecordsHandler(log)),
                Api.of(ApiKeys.CREATE_PARTITIONS, CreatePartitionsRequest.class,
                        new CreatePartitionsHandler(log)));
    }
}
