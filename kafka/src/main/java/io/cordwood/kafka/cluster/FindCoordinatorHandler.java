package io.cordwood.kafka.cluster;

import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.vertx.core.Future;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest.CoordinatorType;

/** Says who coordinates a transaction or a group: this broker does. */
public record FindCoordinatorHandler(Broker broker) implements ApiHandler<FindCoordinatorRequest> {

    /** The first version that asks for several at once. */
    private static final short OF_SEVERAL = 4;

    @Override
    public Future<Answer> handle(Call call, FindCoordinatorRequest request) {
        if (request.data().keyType() != CoordinatorType.TRANSACTION.id()
                && request.data().keyType() != CoordinatorType.GROUP.id()) {
            throw Errors.INVALID_REQUEST.exception(
                    "only transactions and groups have a coordinator here");
        }
        FindCoordinatorResponseData response = new FindCoordinatorResponseData();
        if (call.version() < OF_SEVERAL) {
            response.setNodeId(broker.id()).setHost(call.reached().host())
                    .setPort(call.reached().port());
        } else {
            request.data().coordinatorKeys().forEach(key -> response.coordinators()
                    .add(new Coordinator().setKey(key).setNodeId(broker.id())
                            .setHost(call.reached().host()).setPort(call.reached().port())));
        }
        return Future.succeededFuture(Answer.Response.of(response));
    }
}
