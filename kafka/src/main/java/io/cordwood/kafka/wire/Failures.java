package io.cordwood.kafka.wire;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.protocol.Errors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which of Kafka's errors says what went wrong, so that clients do the right thing about it. */
public final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /**
     * The error for a failure.
     *
     * <p>What was not stored and may be sent again is a storage error, after which clients look for
     * the partition anew. An unknown outcome is a time-out: clients send again, and an idempotent
     * producer is recognised.
     */
    public static ApiException of(Throwable failure) {
        return switch (failure) {
            case ApiException known -> known;
            case LogException reason -> error(reason).exception(reason.getMessage());
            default -> {
                LOG.error("A bug, please report it", failure);
                yield Errors.UNKNOWN_SERVER_ERROR.exception();
            }
        };
    }

    private static Errors error(LogException reason) {
        return switch (reason) {
            case RejectedException rejected -> error(rejected.reason());
            case UnavailableException unavailable -> Errors.KAFKA_STORAGE_ERROR;
            case MissingObjectException missing -> Errors.KAFKA_STORAGE_ERROR;
            case FencedException fenced -> Errors.NOT_LEADER_OR_FOLLOWER;
            case UnknownOutcomeException unknown -> Errors.REQUEST_TIMED_OUT;
            case CorruptException corrupt -> Errors.CORRUPT_MESSAGE;
        };
    }

    private static Errors error(RejectedException.Reason reason) {
        return switch (reason) {
            case UNKNOWN_TOPIC, UNKNOWN_PARTITION -> Errors.UNKNOWN_TOPIC_OR_PARTITION;
            case INVALID_TOPIC -> Errors.INVALID_TOPIC_EXCEPTION;
            case TOPIC_EXISTS -> Errors.TOPIC_ALREADY_EXISTS;
            case INVALID_RECORD -> Errors.INVALID_RECORD;
            case RECORD_TOO_LARGE -> Errors.MESSAGE_TOO_LARGE;
            case OFFSET_OUT_OF_RANGE -> Errors.OFFSET_OUT_OF_RANGE;
            case OUT_OF_ORDER_SEQUENCE -> Errors.OUT_OF_ORDER_SEQUENCE_NUMBER;
            case INVALID_PRODUCER_EPOCH -> Errors.INVALID_PRODUCER_EPOCH;
            case PRODUCER_FENCED -> Errors.PRODUCER_FENCED;
            case UNKNOWN_TRANSACTION -> Errors.INVALID_PRODUCER_ID_MAPPING;
            case INVALID_TRANSACTION_STATE -> Errors.INVALID_TXN_STATE;
            case CONCURRENT_TRANSACTIONS -> Errors.CONCURRENT_TRANSACTIONS;
            case INVALID_REQUEST -> Errors.INVALID_REQUEST;
            case INVALID_CONFIG -> Errors.INVALID_CONFIG;
            case INVALID_PARTITIONS -> Errors.INVALID_PARTITIONS;
            case INVALID_TIMESTAMP -> Errors.INVALID_TIMESTAMP;
        };
    }
}
