package io.cordwood.kafka.producers;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.manifest.commit.EndTransaction;
import io.cordwood.manifest.commit.EndTransaction.Succession;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.TransactionState;
import io.cordwood.store.batch.ProducerIdentity;
import io.vertx.core.Future;

/**
 * Ends transactions.
 *
 * @param ids from which a producer whose epochs are used up gets a new one
 */
public record TransactionEnds(KafkaLog log, ProducerIdBlock ids) {

    /** Ends the open transaction of a producer, which goes on as it is. */
    public Future<ProducerIdentity> end(TransactionalId id, ProducerIdentity producer,
            boolean committed) {
        return end(new Asked(id, producer, committed, log.state().sequence()),
                new Succession.Same());
    }

    /** Ends the open transaction of a producer, which goes on as a later instance. */
    public Future<ProducerIdentity> endAndSucceed(TransactionalId id, ProducerIdentity producer,
            boolean committed) {
        return endAndSucceed(new Asked(id, producer, committed, log.state().sequence()));
    }

    /** Aborts an open transaction, so that its producer can do no more. */
    public Future<ProducerIdentity> abort(TransactionState open) {
        return endAndSucceed(
                new Asked(open.id(), open.producer(), false, open.since().sequence()));
    }

    private Future<ProducerIdentity> endAndSucceed(Asked asked) {
        return spare(asked.producer())
                .compose(spare -> end(asked, new Succession.Later(spare)));
    }

    /** An id is only taken where it will be used. */
    private Future<Long> spare(ProducerIdentity producer) {
        return producer.isExhausted() ? ids.take() : Future.succeededFuture(producer.id());
    }

    private Future<ProducerIdentity> end(Asked asked, Succession succession) {
        return log.propose(new EndTransaction(asked.id(), asked.producer(), asked.committed(),
                succession, new EndTransaction.End(log.ids().get(),
                        log.loop().now().toEpochMilli(), asked.knownSequence())));
    }

    /**
     * What is to end.
     *
     * @param knownSequence the last entry that was known when it was asked for: it may be committed
     *         long after, when the producer has given up and begun another transaction
     */
    private record Asked(TransactionalId id, ProducerIdentity producer, boolean committed,
            long knownSequence) {}
}
