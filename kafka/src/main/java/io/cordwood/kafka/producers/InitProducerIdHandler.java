package io.cordwood.kafka.producers;

import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.vertx.core.Future;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.InitProducerIdRequest;

/** Gives producers an id under which the log recognises what they send again. */
public record InitProducerIdHandler(ProducerIdBlock ids)
        implements
            ApiHandler<InitProducerIdRequest> {

    private static final short FIRST_EPOCH = 0;

    @Override
    public Future<Answer> handle(Call call, InitProducerIdRequest request) {
        if (request.data().transactionalId() != null) {
            throw Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED.exception(
                    "transactions are not supported yet");
        }
        return ids.take().map(id -> Answer.Response.of(new InitProducerIdResponseData()
                .setProducerId(id).setProducerEpoch(FIRST_EPOCH)));
    }
}
