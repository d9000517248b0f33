package io.cordwood.server.grpc;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.server.grpc.proto.Error;
import io.cordwood.server.grpc.proto.ErrorCode;
import io.vertx.grpc.common.GrpcStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A failure in the words of the protocol: the one table from the log's kinds of failure to codes,
 * and from codes to statuses.
 */
record Failure(ErrorCode code, String message) {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    /** What is no {@link LogException} is a mistake of ours: it is logged, and not shown. */
    static Failure of(Throwable reason) {
        if (reason instanceof LogException known) {
            return new Failure(codeOf(known), String.valueOf(known.getMessage()));
        }
        LOG.error("a gRPC call met a mistake in the server", reason);
        return new Failure(ErrorCode.INTERNAL, "a mistake in the server, described in its log: "
                + "it may have been done or not");
    }

    /** The status of a call that ends with this failure. */
    GrpcStatus status() {
        return switch (code) {
            case UNKNOWN_TOPIC, UNKNOWN_PARTITION -> GrpcStatus.NOT_FOUND;
            case TOPIC_EXISTS -> GrpcStatus.ALREADY_EXISTS;
            case INVALID_TOPIC, INVALID_REQUEST, INVALID_RECORD -> GrpcStatus.INVALID_ARGUMENT;
            case RECORD_TOO_LARGE -> GrpcStatus.RESOURCE_EXHAUSTED;
            case OFFSET_OUT_OF_RANGE -> GrpcStatus.OUT_OF_RANGE;
            case UNAVAILABLE -> GrpcStatus.UNAVAILABLE;
            case FENCED -> GrpcStatus.FAILED_PRECONDITION;
            case CORRUPT -> GrpcStatus.DATA_LOSS;
            // What gRPC itself says of a call that was given up: it may have succeeded.
            case UNKNOWN_OUTCOME -> GrpcStatus.DEADLINE_EXCEEDED;
            case INTERNAL, ERROR_CODE_UNSPECIFIED, UNRECOGNIZED -> GrpcStatus.INTERNAL;
        };
    }

    Error toProto() {
        return Error.newBuilder().setCode(code).setMessage(message).build();
    }

    private static ErrorCode codeOf(LogException reason) {
        return switch (reason) {
            case RejectedException rejected -> codeOf(rejected.reason());
            case UnavailableException _,MissingObjectException _ -> ErrorCode.UNAVAILABLE;
            case FencedException _ -> ErrorCode.FENCED;
            case CorruptException _ -> ErrorCode.CORRUPT;
            case UnknownOutcomeException _ -> ErrorCode.UNKNOWN_OUTCOME;
        };
    }

    private static ErrorCode codeOf(RejectedException.Reason reason) {
        return switch (reason) {
            case UNKNOWN_TOPIC -> ErrorCode.UNKNOWN_TOPIC;
            case UNKNOWN_PARTITION -> ErrorCode.UNKNOWN_PARTITION;
            case TOPIC_EXISTS -> ErrorCode.TOPIC_EXISTS;
            case INVALID_TOPIC -> ErrorCode.INVALID_TOPIC;
            case INVALID_REQUEST, OUT_OF_ORDER_SEQUENCE, INVALID_PRODUCER_EPOCH, PRODUCER_FENCED,
                    UNKNOWN_TRANSACTION, INVALID_TRANSACTION_STATE, CONCURRENT_TRANSACTIONS,
                    INVALID_CONFIG, INVALID_PARTITIONS ->
                ErrorCode.INVALID_REQUEST;
            case INVALID_RECORD, INVALID_TIMESTAMP -> ErrorCode.INVALID_RECORD;
            case RECORD_TOO_LARGE -> ErrorCode.RECORD_TOO_LARGE;
            case OFFSET_OUT_OF_RANGE -> ErrorCode.OFFSET_OUT_OF_RANGE;
        };
    }
}
