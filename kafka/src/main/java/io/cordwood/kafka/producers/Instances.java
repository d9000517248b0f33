package io.cordwood.kafka.producers;

import io.cordwood.manifest.commit.InitTransactionalId;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.TransactionState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.batch.ProducerIdentity;
import io.vertx.core.Future;
import java.util.Optional;

/** Gives transactional ids to new instances of producers. What is open is aborted first. */
public record Instances(TransactionEnds ends) {

    /**
     * The instance that uses an id from now on; all before it are over.
     *
     * @param timeoutMillis how long a transaction may stay open
     * @param expected the instance that the producer was so far, if it goes on
     */
    public Future<ProducerIdentity> next(TransactionalId id, int timeoutMillis,
            Optional<ProducerIdentity> expected) {
        return ends.ids().take()
                .map(spare -> new InitTransactionalId(id, timeoutMillis, expected, spare))
                .compose(proposal -> ends.log().propose(proposal)
                        .recover(failure -> isOpen(failure)
                                ? abort(id).compose(ended -> ends.log().propose(proposal))
                                : Future.failedFuture(failure)));
    }

    private static boolean isOpen(Throwable failure) {
        return failure instanceof RejectedException rejected
                && rejected.reason() == Reason.CONCURRENT_TRANSACTIONS;
    }

    /** Whoever ended it meanwhile: then this is refused, and nothing is left to abort. */
    private Future<Void> abort(TransactionalId id) {
        return ends.log().state().transactions().of(id).filter(TransactionState::isOngoing)
                .map(open -> ends.abort(open).<Void>mapEmpty()
                        .recover(failure -> failure instanceof RejectedException
                                ? Future.succeededFuture()
                                : Future.failedFuture(failure)))
                .orElseGet(Future::succeededFuture);
    }
}
