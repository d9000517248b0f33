package io.cordwood.kafka;

import io.cordwood.kafka.cluster.AlterClientQuotasHandler;
import io.cordwood.kafka.cluster.Brokers;
import io.cordwood.kafka.cluster.DescribeClientQuotasHandler;
import io.cordwood.kafka.cluster.DescribeUserScramCredentialsHandler;
import io.cordwood.kafka.cluster.RefusalHandler;
import io.cordwood.kafka.configs.AlterConfigsHandler;
import io.cordwood.kafka.configs.DescribeConfigsHandler;
import io.cordwood.kafka.configs.GroupConfigs;
import io.cordwood.kafka.configs.IncrementalAlterConfigsHandler;
import io.cordwood.kafka.configs.ListConfigResourcesHandler;
import io.cordwood.kafka.configs.Resources;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.producers.DescribeProducersHandler;
import io.cordwood.kafka.producers.DescribeTransactionsHandler;
import io.cordwood.kafka.producers.ListTransactionsHandler;
import io.cordwood.kafka.producers.TransactionEnds;
import io.cordwood.kafka.producers.WriteTxnMarkersHandler;
import io.cordwood.kafka.records.DeleteRecordsHandler;
import io.cordwood.kafka.topics.AlterPartitionReassignmentsHandler;
import io.cordwood.kafka.topics.CreatePartitionsHandler;
import io.cordwood.kafka.topics.DescribeLogDirsHandler;
import io.cordwood.kafka.topics.DescribeTopicPartitionsHandler;
import io.cordwood.kafka.topics.ElectLeadersHandler;
import io.cordwood.kafka.topics.ListPartitionReassignmentsHandler;
import io.cordwood.kafka.wire.Api;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AlterClientQuotasRequest;
import org.apache.kafka.common.requests.AlterConfigsRequest;
import org.apache.kafka.common.requests.AlterPartitionReassignmentsRequest;
import org.apache.kafka.common.requests.CreateAclsRequest;
import org.apache.kafka.common.requests.CreatePartitionsRequest;
import org.apache.kafka.common.requests.DeleteAclsRequest;
import org.apache.kafka.common.requests.DeleteRecordsRequest;
import org.apache.kafka.common.requests.DescribeAclsRequest;
import org.apache.kafka.common.requests.DescribeClientQuotasRequest;
import org.apache.kafka.common.requests.DescribeConfigsRequest;
import org.apache.kafka.common.requests.DescribeLogDirsRequest;
import org.apache.kafka.common.requests.DescribeProducersRequest;
import org.apache.kafka.common.requests.DescribeTopicPartitionsRequest;
import org.apache.kafka.common.requests.DescribeTransactionsRequest;
import org.apache.kafka.common.requests.DescribeUserScramCredentialsRequest;
import org.apache.kafka.common.requests.ElectLeadersRequest;
import org.apache.kafka.common.requests.IncrementalAlterConfigsRequest;
import org.apache.kafka.common.requests.ListConfigResourcesRequest;
import org.apache.kafka.common.requests.ListPartitionReassignmentsRequest;
import org.apache.kafka.common.requests.ListTransactionsRequest;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest;

/** What administrators ask for, and by whom it is served. */
final class AdminApis {

    private AdminApis() {}

    /** @param groups the settings that groups have */
    static List<Api<?>> of(KafkaLog log, Brokers brokers, KafkaSettings settings,
            TransactionEnds ends, GroupConfigs groups) {
        ServerFacts facts = new ServerFacts(settings, brokers);
        return Stream.of(configs(new Resources(log, groups), log, facts),
                topics(log, brokers, settings),
                transactions(log, ends), access()).flatMap(List::stream).toList();
    }

    private static List<Api<?>> configs(Resources resources, KafkaLog log,
            ServerFacts facts) {
        return List.of(
                Api.of(ApiKeys.DESCRIBE_CONFIGS, DescribeConfigsRequest.class,
                        new DescribeConfigsHandler(resources, facts::seenFrom)),
                Api.of(ApiKeys.ALTER_CONFIGS, AlterConfigsRequest.class,
                        new AlterConfigsHandler(resources)),
                Api.of(ApiKeys.INCREMENTAL_ALTER_CONFIGS, IncrementalAlterConfigsRequest.class,
                        new IncrementalAlterConfigsHandler(resources)),
                Api.of(ApiKeys.LIST_CONFIG_RESOURCES, ListConfigResourcesRequest.class,
                        new ListConfigResourcesHandler(log)));
    }

    private static List<Api<?>> topics(KafkaLog log, Brokers brokers,
            KafkaSettings settings) {
        return List.of(
                Api.of(ApiKeys.CREATE_PARTITIONS, CreatePartitionsRequest.class,
                        new CreatePartitionsHandler(log)),
                Api.of(ApiKeys.DELETE_RECORDS, DeleteRecordsRequest.class,
                        new DeleteRecordsHandler(log)),
                Api.of(ApiKeys.DESCRIBE_TOPIC_PARTITIONS, DescribeTopicPartitionsRequest.class,
                        new DescribeTopicPartitionsHandler(log, brokers)),
                Api.of(ApiKeys.DESCRIBE_LOG_DIRS, DescribeLogDirsRequest.class,
                        new DescribeLogDirsHandler(log, settings.logDir())),
                Api.of(ApiKeys.ELECT_LEADERS, ElectLeadersRequest.class,
                        new ElectLeadersHandler(log)),
                Api.of(ApiKeys.LIST_PARTITION_REASSIGNMENTS,
                        ListPartitionReassignmentsRequest.class,
                        new ListPartitionReassignmentsHandler()),
                Api.of(ApiKeys.ALTER_PARTITION_REASSIGNMENTS,
                        AlterPartitionReassignmentsRequest.class,
                        new AlterPartitionReassignmentsHandler(log)));
    }

    private static List<Api<?>> transactions(KafkaLog log, TransactionEnds ends) {
        return List.of(
                Api.of(ApiKeys.DESCRIBE_PRODUCERS, DescribeProducersRequest.class,
                        new DescribeProducersHandler(log)),
                Api.of(ApiKeys.DESCRIBE_TRANSACTIONS, DescribeTransactionsRequest.class,
                        new DescribeTransactionsHandler(log)),
                Api.of(ApiKeys.LIST_TRANSACTIONS, ListTransactionsRequest.class,
                        new ListTransactionsHandler(log)),
                Api.of(ApiKeys.WRITE_TXN_MARKERS, WriteTxnMarkersRequest.class,
                        new WriteTxnMarkersHandler(log, ends)));
    }

    private static List<Api<?>> access() {
        return List.of(
                Api.of(ApiKeys.DESCRIBE_ACLS, DescribeAclsRequest.class, noAcls()),
                Api.of(ApiKeys.CREATE_ACLS, CreateAclsRequest.class, noAcls()),
                Api.of(ApiKeys.DELETE_ACLS, DeleteAclsRequest.class, noAcls()),
                Api.of(ApiKeys.DESCRIBE_CLIENT_QUOTAS, DescribeClientQuotasRequest.class,
                        new DescribeClientQuotasHandler()),
                Api.of(ApiKeys.ALTER_CLIENT_QUOTAS, AlterClientQuotasRequest.class,
                        new AlterClientQuotasHandler()),
                Api.of(ApiKeys.DESCRIBE_USER_SCRAM_CREDENTIALS,
                        DescribeUserScramCredentialsRequest.class,
                        new DescribeUserScramCredentialsHandler()));
    }

    private static <R extends AbstractRequest> RefusalHandler<R> noAcls() {
        return new RefusalHandler<>(Errors.SECURITY_DISABLED, "No Authorizer is configured.");
    }
}
