package io.cordwood.store.object.s3;

import io.cordwood.runtime.UnavailableException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.http.HttpException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What the failure of a request proves. The status and the code of an answer are both believed,
 * because stores and proxies lose either of them.
 */
enum S3Verdict {

    /** There is no such object. */
    ABSENT,

    /** The object ends before the range begins. */
    PAST_END,

    /** There was such an object before. */
    EXISTS,

    /** Nothing was done, and nothing will be. */
    REFUSED,

    /** Nothing is proved. */
    UNDECIDED;

    private static final Set<String> NEVER_SENT = Set.of("AWS_IO_SOCKET_CONNECTION_REFUSED",
            "AWS_IO_SOCKET_NO_ROUTE_TO_HOST", "AWS_IO_SOCKET_NETWORK_DOWN",
            "AWS_IO_DNS_INVALID_NAME", "AWS_IO_DNS_QUERY_FAILED", "AWS_IO_DNS_QUERY_AGAIN",
            "AWS_IO_DNS_NO_ADDRESS_FOR_HOST", "AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE",
            "AWS_IO_TLS_NEGOTIATION_TIMEOUT");

    /** What the failure of a read proves. */
    static S3Verdict ofRead(Throwable failure) {
        return ofLastAttempt(failure);
    }

    /**
     * What the failure of a write proves: it exists, was refused, or is undecided. The last attempt
     * proves nothing about earlier ones, which may have landed, unless all failed in the same way.
     * What we ourselves found wanting (the store is closed, credentials are missing) was found
     * before anything was sent.
     */
    static S3Verdict ofWrite(Throwable failure) {
        if (within(failure, UnavailableException.class).isPresent()) {
            return REFUSED;
        }
        return switch (ofLastAttempt(failure)) {
            case EXISTS -> attempts(failure) == 1 ? EXISTS : UNDECIDED;
            case ABSENT, PAST_END, REFUSED -> isSameThroughout(failure) ? REFUSED : UNDECIDED;
            case UNDECIDED -> UNDECIDED;
        };
    }

    /** The first of that type in the chain of causes. */
    static <T> Optional<T> within(Throwable failure, Class<T> type) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20).filter(type::isInstance).map(type::cast).findFirst();
    }

    /** The code of the error that the store answered, such as {@code NoSuchBucket}; else empty. */
    static String code(S3Exception answer) {
        return Optional.ofNullable(answer.awsErrorDetails()).map(AwsErrorDetails::errorCode)
                .orElse("");
    }

    private static S3Verdict ofLastAttempt(Throwable failure) {
        Optional<S3Exception> answer = within(failure, S3Exception.class);
        if (answer.isPresent()) {
            return ofAnswer(answer.get().statusCode(), code(answer.get()));
        }
        boolean neverSent = within(failure, HttpException.class)
                .map(broken -> CRT.awsErrorName(broken.getErrorCode())).filter(NEVER_SENT::contains)
                .isPresent();
        return neverSent ? REFUSED : UNDECIDED;
    }

    private static S3Verdict ofAnswer(int status, String code) {
        if (code.equals("PreconditionFailed")) {
            return EXISTS;
        }
        if (code.equals("NoSuchBucket")) {
            return REFUSED;
        }
        if (code.equals("RequestTimeout")) {
            return UNDECIDED;
        }
        return switch (status) {
            case 404 -> ABSENT;
            case 412 -> EXISTS;
            case 416 -> PAST_END;
            case 408, 409, 425, 429 -> UNDECIDED;
            default -> status >= 300 && status < 500 ? REFUSED : UNDECIDED;
        };
    }

    private static int attempts(Throwable failure) {
        return within(failure, SdkException.class).map(SdkException::numAttempts).orElse(0);
    }

    private static boolean isSameThroughout(Throwable failure) {
        if (attempts(failure) == 1) {
            return true;
        }
        return within(failure, SdkException.class).filter(last -> attempts(last) > 1)
                .filter(last -> last.getSuppressed().length == attempts(last) - 1)
                .filter(last -> Stream.of(last.getSuppressed())
                        .allMatch(earlier -> String.valueOf(earlier.getMessage())
                                .endsWith(last.rawMessage())))
                .isPresent();
    }
}
