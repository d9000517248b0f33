package io.cordwood.kafka.cluster;

import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.vertx.core.Future;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeClusterRequest;
import org.apache.kafka.common.resource.ResourceType;

/** Describes the cluster: its brokers, of which the committer counts as the controller. */
public record DescribeClusterHandler(Brokers brokers)
        implements
            ApiHandler<DescribeClusterRequest> {

    /** Where brokers are asked for; controllers of Kafka's own consensus there are none. */
    private static final byte BROKERS = 1;

    @Override
    public Future<Answer> handle(Call call, DescribeClusterRequest request) {
        if (request.data().endpointType() != BROKERS) {
            throw Errors.MISMATCHED_ENDPOINT_TYPE.exception("there are brokers here, but no "
                    + "controllers: connect to brokers");
        }
        SeenBrokers seen = brokers.seenBy(call);
        DescribeClusterResponseData response = new DescribeClusterResponseData()
                .setClusterId(brokers.clusterId()).setControllerId(seen.controller())
                .setClusterAuthorizedOperations(AllowedOperations.on(ResourceType.CLUSTER,
                        request.data().includeClusterAuthorizedOperations()));
        seen.all().forEach(broker -> response.brokers().add(broker.inCluster()));
        return Future.succeededFuture(Answer.Response.of(response));
    }
}
