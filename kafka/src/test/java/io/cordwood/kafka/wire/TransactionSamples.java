package io.cordwood.kafka.wire;

import java.util.List;
import org.apache.kafka.common.message.AlterClientQuotasRequestData;
import org.apache.kafka.common.message.CreateAclsRequestData;
import org.apache.kafka.common.message.DeleteAclsRequestData;
import org.apache.kafka.common.message.DescribeAclsRequestData;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsRequestData;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * A sensible request of each API for those who look after transactions and after who may do what.
 *
 * @param topic its name
 */
record TransactionSamples(String topic) {

    private static final byte ANY = 1;
    private static final byte ALLOW = 3;
    private static final byte READ = 3;
    private static final byte OF_TOPICS = 2;
    private static final byte LITERAL = 3;

    ApiMessage of(ApiKeys api, short version) {
        return switch (api) {
            case DESCRIBE_PRODUCERS -> new DescribeProducersRequestData().setTopics(List.of(
                    new DescribeProducersRequestData.TopicRequest().setName(topic)
                            .setPartitionIndexes(List.of(0))));
            case DESCRIBE_TRANSACTIONS -> new DescribeTransactionsRequestData()
                    .setTransactionalIds(List.of("none"));
            case LIST_TRANSACTIONS -> listTransactions(version);
            case WRITE_TXN_MARKERS -> abort();
            case DESCRIBE_ACLS -> new DescribeAclsRequestData().setResourceTypeFilter(ANY)
                    .setPatternTypeFilter(ANY).setOperation(ANY).setPermissionType(ANY);
            case CREATE_ACLS -> new CreateAclsRequestData().setCreations(List.of(
                    new CreateAclsRequestData.AclCreation().setResourceType(OF_TOPICS)
                            .setResourceName(topic).setPrincipal("User:a").setHost("*")
                            .setResourcePatternType(LITERAL).setOperation(READ)
                            .setPermissionType(ALLOW)));
            case DELETE_ACLS -> new DeleteAclsRequestData().setFilters(List.of(
                    new DeleteAclsRequestData.DeleteAclsFilter().setResourceTypeFilter(ANY)
                            .setPatternTypeFilter(ANY).setOperation(ANY)
                            .setPermissionType(ANY)));
            case DESCRIBE_CLIENT_QUOTAS -> new DescribeClientQuotasRequestData();
            case ALTER_CLIENT_QUOTAS -> new AlterClientQuotasRequestData().setEntries(List.of(
                    new AlterClientQuotasRequestData.EntryData().setEntity(List.of(
                            new AlterClientQuotasRequestData.EntityData().setEntityType("user")
                                    .setEntityName("a")))));
            case DESCRIBE_USER_SCRAM_CREDENTIALS -> new DescribeUserScramCredentialsRequestData()
                    .setUsers(List.of(new DescribeUserScramCredentialsRequestData.UserName()
                            .setName("a")));
            default -> throw new AssertionError("no request of " + api + " is known here");
        };
    }

    private static ApiMessage listTransactions(short version) {
        ListTransactionsRequestData request = new ListTransactionsRequestData()
                .setStateFilters(List.of("Ongoing", "Empty"));
        if (version > 0) {
            request.setDurationFilter(0);
        }
        return version > 1 ? request.setTransactionalIdPattern("t.*") : request;
    }

    private ApiMessage abort() {
        return new WriteTxnMarkersRequestData().setMarkers(List.of(
                new WriteTxnMarkersRequestData.WritableTxnMarker().setProducerId(5)
                        .setTransactionResult(false).setTopics(List.of(
                                new WriteTxnMarkersRequestData.WritableTxnMarkerTopic()
                                        .setName(topic).setPartitionIndexes(List.of(0))))));
    }
}
