package io.cordwood.kafka.cluster;

import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.vertx.core.Future;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest.CoordinatorType;

/**
 * Says who coordinates a transaction or a group. A group is coordinated by whoever has its shard; a
 * transaction can be by anybody.
 */
public record FindCoordinatorHandler(Brokers brokers)
        implements
            ApiHandler<FindCoordinatorRequest> {

    /** The first version that asks for several at once. */
    private static final short OF_SEVERAL = 4;

    @Override
    public Future<Answer> handle(Call call, FindCoordinatorRequest request) {
        if (request.data().keyType() != CoordinatorType.TRANSACTION.id()
                && request.data().keyType() != CoordinatorType.GROUP.id()) {
            throw Errors.INVALID_REQUEST.exception(
                    "only transactions and groups have a coordinator here");
        }
        boolean group = request.data().keyType() == CoordinatorType.GROUP.id();
        SeenBrokers seen = brokers.seenBy(call);
        FindCoordinatorResponseData response = new FindCoordinatorResponseData();
        if (call.version() < OF_SEVERAL) {
            Broker broker = coordinator(seen, group, request.data().key());
            response.setNodeId(broker.id()).setHost(broker.at().host())
                    .setPort(broker.at().port());
        } else {
            request.data().coordinatorKeys().forEach(key -> response.coordinators()
                    .add(coordinator(seen, group, key).asCoordinatorOf(key)));
        }
        return Future.succeededFuture(Answer.Response.of(response));
    }

    private Broker coordinator(SeenBrokers seen, boolean group, String key) {
        return group ? seen.coordinatorOfGroup(key) : seen.coordinatorOf(key);
    }
}
