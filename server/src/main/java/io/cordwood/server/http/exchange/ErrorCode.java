package io.cordwood.server.http.exchange;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;

/**
 * The one table of what can go wrong: the HTTP status and the v2 {@code error_code} of each
 * failure.
 *
 * <p>The codes are those of the peers where they have one that means the same (40401, 40402, 40002,
 * 40601, 50002, 50003, 50302), and otherwise the status times 100 plus a number of our own. A code
 * equal to the status says no more than the status. An offset out of range has a code of its own,
 * 41601, where one peer answers with its catch-all 40002: what a reader does next depends on it.
 */
public enum ErrorCode {

    /** The body is not JSON, or the request line or a parameter makes no sense. */
    MALFORMED(400, 400),
    /** The log rejects the request as it stands. */
    BAD_REQUEST(400, 40_002),
    /** There is nothing at this path. */
    NO_SUCH_PATH(404, 404),
    /** There is no such topic. */
    TOPIC_NOT_FOUND(404, 40_401),
    /** The topic has no such partition. */
    PARTITION_NOT_FOUND(404, 40_402),
    /** The path exists, but not for this method. */
    METHOD_NOT_ALLOWED(405, 405),
    /** None of the accepted media types can be served here. */
    NOT_ACCEPTABLE(406, 406),
    /** The record exists, but its bytes cannot be shown in the format that was asked for. */
    RECORD_NOT_ACCEPTABLE(406, 40_601),
    /** The body did not arrive in time. */
    REQUEST_TIMEOUT(408, 408),
    /** A topic of this name exists. */
    TOPIC_EXISTS(409, 40_904),
    /** The body is larger than one request may be, or holds more records. */
    REQUEST_TOO_LARGE(413, 41_301),
    /** A record is larger than one may be. */
    RECORD_TOO_LARGE(413, 41_302),
    /** The path and the query are longer than a server reads. */
    URI_TOO_LONG(414, 414),
    /** The body is not in a format that is understood here. */
    UNSUPPORTED_MEDIA_TYPE(415, 415),
    /** The partition has no record at or after this offset, or none any more. */
    OFFSET_OUT_OF_RANGE(416, 41_601),
    /** The body is JSON, but not of the form that is wanted here. */
    INVALID(422, 422),
    /** The headers are larger than a server reads. */
    HEADERS_TOO_LARGE(431, 431),
    /** A bug. */
    INTERNAL(500, 500),
    /** Stored bytes are damaged. */
    CORRUPT(500, 50_002),
    /**
     * Stored bytes were replaced while they were looked for: asking again may find the new ones.
     */
    MISSING(500, 50_003),
    /** The peers have this, Cordwood has not. */
    NOT_SUPPORTED(501, 501),
    /** Nothing was done, for a reason that passes. */
    UNAVAILABLE(503, 50_301),
    /** Another node does this node's work now. */
    FENCED(503, 50_302),
    /** It may have been done or not. */
    UNKNOWN_OUTCOME(504, 50_401);

    private final int status;
    private final int code;

    ErrorCode(int status, int code) {
        this.status = status;
        this.code = code;
    }

    /** The code of a failure of the log. */
    public static ErrorCode of(LogException failure) {
        return switch (failure) {
            case RejectedException rejected -> of(rejected.reason());
            case UnavailableException unavailable -> UNAVAILABLE;
            case FencedException fenced -> FENCED;
            case CorruptException corrupt -> CORRUPT;
            case MissingObjectException missing -> MISSING;
            case UnknownOutcomeException unknown -> UNKNOWN_OUTCOME;
        };
    }

    private static ErrorCode of(RejectedException.Reason reason) {
        return switch (reason) {
            case UNKNOWN_TOPIC -> TOPIC_NOT_FOUND;
            case UNKNOWN_PARTITION -> PARTITION_NOT_FOUND;
            case TOPIC_EXISTS -> TOPIC_EXISTS;
            case INVALID_TOPIC, INVALID_REQUEST, OUT_OF_ORDER_SEQUENCE, INVALID_PRODUCER_EPOCH,
                    PRODUCER_FENCED, UNKNOWN_TRANSACTION, INVALID_TRANSACTION_STATE,
                    CONCURRENT_TRANSACTIONS, INVALID_CONFIG, INVALID_PARTITIONS ->
                BAD_REQUEST;
            case INVALID_RECORD, INVALID_TIMESTAMP -> INVALID;
            case RECORD_TOO_LARGE -> RECORD_TOO_LARGE;
            case OFFSET_OUT_OF_RANGE -> OFFSET_OUT_OF_RANGE;
        };
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The {@code error_code} in the body. */
    public int code() {
        return code;
    }

    /**
     * Whether the same request may succeed if it is sent again a little later, and does no harm.
     */
    public boolean retriable() {
        return this == UNAVAILABLE || this == MISSING;
    }
}
