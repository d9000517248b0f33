package io.cordwood.groups.members;

import io.cordwood.groups.offsets.Coordinated;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.vertx.core.Future;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.SyncGroupRequest;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/** Gives the members of a classic group what their leader has assigned. */
public record SyncGroupHandler(GroupCoordinator coordinator)
        implements
            ApiHandler<SyncGroupRequest> {

    @Override
    public Future<Answer> handle(Call call, SyncGroupRequest request) {
        if (!request.areMandatoryProtocolTypeAndNamePresent()) {
            throw Errors.INCONSISTENT_GROUP_PROTOCOL.exception();
        }
        return Coordinated.answer(coordinator.syncGroup(call.context(), request.data(),
                BufferSupplier.NO_CACHING));
    }
}
