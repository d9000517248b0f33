package io.cordwood.kafka.cluster;

import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.vertx.core.Future;
import java.util.List;
import org.apache.kafka.common.message.AlterClientQuotasRequestData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData.EntityData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData.EntryData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AlterClientQuotasRequest;

/** Refuses to give clients quotas: nothing would keep them to these. */
public record AlterClientQuotasHandler() implements ApiHandler<AlterClientQuotasRequest> {

    private static final String REASON = "this server has no quotas: nothing would keep clients to"
            + " them";

    @Override
    public Future<Answer> handle(Call call, AlterClientQuotasRequest request) {
        return Future.succeededFuture(Answer.Response.of(new AlterClientQuotasResponseData()
                .setEntries(request.data().entries().stream()
                        .map(AlterClientQuotasHandler::refused).toList())));
    }

    private static EntryData refused(AlterClientQuotasRequestData.EntryData asked) {
        List<EntityData> entity = asked.entity().stream()
                .map(part -> new EntityData().setEntityType(part.entityType())
                        .setEntityName(part.entityName()))
                .toList();
        return new EntryData().setEntity(entity).setErrorCode(Errors.POLICY_VIOLATION.code())
                .setErrorMessage(REASON);
    }
}
