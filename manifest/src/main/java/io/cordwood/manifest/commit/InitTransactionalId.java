package io.cordwood.manifest.commit;

import static io.cordwood.runtime.RejectedException.Reason.CONCURRENT_TRANSACTIONS;
import static io.cordwood.runtime.RejectedException.Reason.PRODUCER_FENCED;

import io.cordwood.manifest.event.ManifestEvent.TransactionalIdInitialized;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TransactionState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.batch.ProducerIdentity;
import java.util.List;
import java.util.Optional;

/**
 * A new instance of a producer wants to use a transactional id. Answered with the instance; all
 * before it are over. Refused while a transaction is open: it is ended first.
 *
 * @param timeoutMillis how long a transaction may stay open
 * @param expected the instance that the producer was so far, if it goes on
 * @param spareProducerId an id that nobody uses, for when there is none yet, or no larger epoch
 */
public record InitTransactionalId(TransactionalId id, int timeoutMillis,
        Optional<ProducerIdentity> expected, long spareProducerId)
        implements
            Proposal<ProducerIdentity> {

    public InitTransactionalId {
        if (timeoutMillis <= 0 || spareProducerId < 0) {
            throw new IllegalArgumentException("a transaction takes time, and ids count from 0: "
                    + timeoutMillis + " ms, " + spareProducerId);
        }
    }

    @Override
    public Decision<ProducerIdentity> decide(ManifestState state, int inlinePosition) {
        Optional<TransactionState> known = state.transactions().of(id);
        if (known.isEmpty()) {
            return initialized(new ProducerIdentity(spareProducerId, (short) 0));
        }
        TransactionState transaction = known.get();
        if (expected.isPresent() && expected.equals(transaction.instances().previous())
                && !transaction.isOngoing()) {
            return new Decision.Settled<>(transaction.producer());
        }
        if (expected.isPresent() && !expected.get().equals(transaction.producer())) {
            return new Decision.Refused<>(new RejectedException(PRODUCER_FENCED, "another instance"
                    + " uses the transactional id " + id + " now: " + transaction.producer()));
        }
        if (transaction.isOngoing()) {
            return new Decision.Refused<>(new RejectedException(CONCURRENT_TRANSACTIONS,
                    "a transaction of " + id + " is still open"));
        }
        return initialized(transaction.producer().isExhausted()
                ? new ProducerIdentity(spareProducerId, (short) 0)
                : transaction.producer().next());
    }

    private Decision<ProducerIdentity> initialized(ProducerIdentity producer) {
        return new Decision.Accepted<>(
                new TransactionalIdInitialized(id, producer, timeoutMillis, expected), List.of(),
                producer);
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return TransactionSizes.EVENT_SIZE_MAX;
    }
}
