package io.cordwood.groups.members;

import io.cordwood.groups.offsets.Coordinated;
import io.cordwood.kafka.cluster.AllowedOperations;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.vertx.core.Future;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.requests.DescribeGroupsRequest;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/** Describes classic groups. */
public record DescribeGroupsHandler(GroupCoordinator coordinator)
        implements
            ApiHandler<DescribeGroupsRequest> {

    @Override
    public Future<Answer> handle(Call call, DescribeGroupsRequest request) {
        int operations = AllowedOperations.on(ResourceType.GROUP,
                request.data().includeAuthorizedOperations());
        return Coordinated
                .future(coordinator.describeGroups(call.context(), request.data().groups()))
                .map(groups -> {
                    groups.forEach(group -> group.setAuthorizedOperations(operations));
                    return Answer.Response.of(new DescribeGroupsResponseData().setGroups(groups));
                });
    }
}
