package io.cordwood.manifest.state;

import io.cordwood.manifest.event.TransactionalId;
import io.vavr.collection.HashMap;
import io.vavr.collection.TreeMap;
import java.util.Optional;

/** The transactions of all transactional ids. */
public final class Transactions {

    static final Transactions NONE = new Transactions(TreeMap.empty(), HashMap.empty());

    private final TreeMap<TransactionalId, TransactionState> byId;
    private final HashMap<Long, TransactionalId> idsByProducer;

    private Transactions(TreeMap<TransactionalId, TransactionState> byId,
            HashMap<Long, TransactionalId> idsByProducer) {
        this.byId = byId;
        this.idsByProducer = idsByProducer;
    }

    /** The last transaction of an id. */
    public Optional<TransactionState> of(TransactionalId id) {
        return byId.get(id).toJavaOptional();
    }

    /** The last transaction of the id that a producer uses, if it uses one. */
    public Optional<TransactionState> ofProducer(long producerId) {
        return idsByProducer.get(producerId).flatMap(byId::get).toJavaOptional();
    }

    /** All, by transactional id. */
    public Iterable<TransactionState> all() {
        return byId.values();
    }

    /** Whether there are ids that nobody has used since a time. */
    public boolean hasUnusedSince(long millis) {
        return byId.values().exists(transaction -> transaction.isUnusedSince(millis));
    }

    Transactions forgetUnusedSince(long millis) {
        return new Transactions(
                byId.filterValues(transaction -> !transaction.isUnusedSince(millis)),
                idsByProducer.filterValues(id -> !byId.get(id).get().isUnusedSince(millis)));
    }

    Transactions with(TransactionState transaction) {
        HashMap<Long, TransactionalId> others = byId.get(transaction.id())
                .map(before -> idsByProducer.remove(before.producer().id()))
                .getOrElse(idsByProducer);
        return new Transactions(byId.put(transaction.id(), transaction),
                others.put(transaction.producer().id(), transaction.id()));
    }
}
