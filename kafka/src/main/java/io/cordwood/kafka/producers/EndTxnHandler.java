package io.cordwood.kafka.producers;

import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.store.batch.ProducerIdentity;
import io.vertx.core.Future;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;
import org.apache.kafka.common.requests.EndTxnRequest;

/** Commits or aborts a transaction. */
public record EndTxnHandler(TransactionEnds ends) implements ApiHandler<EndTxnRequest> {

    /** From this version on, a later instance of the producer goes on (KIP-890). */
    private static final short WITH_SUCCESSION = 5;

    @Override
    public Future<Answer> handle(Call call, EndTxnRequest request) {
        EndTxnRequestData data = request.data();
        TransactionalId id = new TransactionalId(data.transactionalId());
        ProducerIdentity producer = Identities.of(data.producerId(), data.producerEpoch());
        if (call.version() < WITH_SUCCESSION) {
            return ends.end(id, producer, data.committed())
                    .map(same -> Answer.Response.of(new EndTxnResponseData()));
        }
        return ends.endAndSucceed(id, producer, data.committed())
                .map(next -> Answer.Response.of(new EndTxnResponseData()
                        .setProducerId(next.id()).setProducerEpoch(next.epoch())));
    }
}
