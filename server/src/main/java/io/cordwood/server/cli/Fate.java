package io.cordwood.server.cli;

import io.cordwood.server.grpc.proto.Error;
import io.vertx.grpc.common.GrpcStatus;

/** What can become of a line that was sent. */
enum Fate {
    /** It is durable. */
    STORED,
    /** It is certainly not stored, for a reason that passes. */
    AGAIN,
    /** It is certainly not stored, and sending it again gives the same answer. */
    REFUSED,
    /** It may be stored or not. */
    UNKNOWN;

    /**
     * That of lines without an answer, when the stream ended with a status: not begun, as a rule.
     */
    static Fate of(GrpcStatus status) {
        return switch (status) {
            case UNAVAILABLE -> AGAIN;
            case DEADLINE_EXCEEDED, INTERNAL, UNKNOWN, CANCELLED -> UNKNOWN;
            default -> REFUSED;
        };
    }

    /** That of lines that were answered with an error. */
    static Fate of(Error error) {
        return switch (error.getCode()) {
            case UNAVAILABLE -> AGAIN;
            case UNKNOWN_OUTCOME, INTERNAL, ERROR_CODE_UNSPECIFIED, UNRECOGNIZED -> UNKNOWN;
            case UNKNOWN_TOPIC, UNKNOWN_PARTITION, TOPIC_EXISTS, INVALID_TOPIC, INVALID_REQUEST,
                    INVALID_RECORD, RECORD_TOO_LARGE, OFFSET_OUT_OF_RANGE, FENCED,
                    CORRUPT ->
                REFUSED;
        };
    }
}
