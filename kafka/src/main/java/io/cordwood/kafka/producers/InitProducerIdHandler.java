package io.cordwood.kafka.producers;

import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.store.batch.ProducerIdentity;
import io.vertx.core.Future;
import java.util.Optional;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.InitProducerIdRequest;

/**
 * Makes a producer known, so that the log recognises what it sends again. With a transactional id,
 * it takes the place of all instances before it; what one of them has left open is aborted.
 */
public record InitProducerIdHandler(TransactionEnds ends)
        implements
            ApiHandler<InitProducerIdRequest> {

    private static final short FIRST_EPOCH = 0;

    /** The longest time that a transaction may stay open, as Kafka's brokers have it. */
    public static final int TIMEOUT_MILLIS_MAX = 15 * 60 * 1_000;

    @Override
    public Future<Answer> handle(Call call, InitProducerIdRequest request) {
        String name = request.data().transactionalId();
        Future<ProducerIdentity> producer = name == null
                ? ends.ids().take().map(id -> new ProducerIdentity(id, FIRST_EPOCH))
                : init(new TransactionalId(name), request.data());
        return producer.map(instance -> Answer.Response.of(new InitProducerIdResponseData()
                .setProducerId(instance.id()).setProducerEpoch(instance.epoch())));
    }

    private Future<ProducerIdentity> init(TransactionalId id, InitProducerIdRequestData request) {
        int timeout = request.transactionTimeoutMs();
        if (timeout <= 0 || timeout > TIMEOUT_MILLIS_MAX) {
            throw Errors.INVALID_TRANSACTION_TIMEOUT.exception("a transaction may take 1 to "
                    + TIMEOUT_MILLIS_MAX + " ms, not " + timeout);
        }
        Optional<ProducerIdentity> expected = request
                .producerId() == RecordBatch.NO_PRODUCER_ID
                        ? Optional.empty()
                        : Optional.of(Identities.of(request.producerId(),
                                request.producerEpoch()));
        return new Instances(ends).next(id, timeout, expected);
    }
}
