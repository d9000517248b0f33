package io.cordwood.kafka.cluster;

import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.vertx.core.Future;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeClusterRequest;
import org.apache.kafka.common.resource.ResourceType;

/** Describes the cluster: one broker, which is its own controller. */
public record DescribeClusterHandler(Broker broker) implements ApiHandler<DescribeClusterRequest> {

    /** Where brokers are asked for; controllers of Kafka's own consensus there are none. */
    private static final byte BROKERS = 1;

    @Override
    public Future<Answer> handle(Call call, DescribeClusterRequest request) {
        if (request.data().endpointType() != BROKERS) {
            throw Errors.MISMATCHED_ENDPOINT_TYPE.exception("there are brokers here, but no "
                    + "controllers: connect to brokers");
        }
        DescribeClusterResponseData response = new DescribeClusterResponseData()
                .setClusterId(broker.clusterId()).setControllerId(broker.id())
                .setClusterAuthorizedOperations(AllowedOperations.on(ResourceType.CLUSTER,
                        request.data().includeClusterAuthorizedOperations()));
        response.brokers().add(new DescribeClusterBroker().setBrokerId(broker.id())
                .setHost(call.reached().host()).setPort(call.reached().port()));
        return Future.succeededFuture(Answer.Response.of(response));
    }
}
