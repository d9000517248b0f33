package io.cordwood.runtime;

/** The request cannot be carried out as it stands: repeating it unchanged gives the same answer. */
public final class RejectedException extends LogException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    public RejectedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public RejectedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why a request is rejected; every edge has a code of its protocol for each. */
    public enum Reason {
        UNKNOWN_TOPIC, UNKNOWN_PARTITION, TOPIC_EXISTS, INVALID_TOPIC, INVALID_REQUEST,
        INVALID_RECORD, RECORD_TOO_LARGE, OFFSET_OUT_OF_RANGE, OUT_OF_ORDER_SEQUENCE,
        INVALID_PRODUCER_EPOCH, PRODUCER_FENCED, UNKNOWN_TRANSACTION, INVALID_TRANSACTION_STATE,
        CONCURRENT_TRANSACTIONS, INVALID_CONFIG, INVALID_PARTITIONS, INVALID_TIMESTAMP
    }
}
