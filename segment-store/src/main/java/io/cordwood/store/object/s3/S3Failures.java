package io.cordwood.store.object.s3;

import io.cordwood.runtime.LogException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says what went wrong with the bucket, and what to do about it. */
final class S3Failures {

    private final String place;

    S3Failures(S3Settings settings) {
        String prefix = settings.prefix().isEmpty() ? "" : "/" + settings.prefix();
        this.place = "s3://" + settings.bucket() + prefix
                + settings.endpoint().uri().map(URI::toString).map(uri -> " at " + uri).orElse("");
    }

    /** The act did not happen, or it was a read. */
    LogException unavailable(String act, Throwable cause) {
        return ours(cause).orElseGet(() -> new UnavailableException(message(act, cause), cause));
    }

    /** The act may have happened, and may yet happen. */
    LogException unknown(String act, Throwable cause) {
        return ours(cause).orElseGet(() -> new UnknownOutcomeException(
                "not known whether this succeeded: " + message(act, cause), cause));
    }

    /** A write failed, and what that proves is all that is known. */
    LogException ofWrite(String act, Throwable cause) {
        return switch (S3Verdict.ofWrite(cause)) {
            case EXISTS, UNDECIDED -> unknown(act, cause);
            case ABSENT, PAST_END, REFUSED -> unavailable(act, cause);
        };
    }

    /** A failure of our own making that passed through the SDK. */
    private static Optional<LogException> ours(Throwable cause) {
        return S3Verdict.within(cause, LogException.class);
    }

    private String message(String act, Throwable cause) {
        Optional<S3Exception> answer = S3Verdict.within(cause, S3Exception.class);
        return "could not " + act + " in " + place + ": "
                + answer.map(S3Failures::said).orElseGet(() -> String.valueOf(cause.getMessage()))
                + "; " + answer.map(S3Failures::advice).orElse("check the network and the address");
    }

    private static String said(S3Exception answer) {
        return answer.statusCode() + " " + S3Verdict.code(answer)
                + Optional.ofNullable(answer.requestId()).map(id -> " (request " + id + ")")
                        .orElse("");
    }

    private static String advice(S3Exception answer) {
        if (S3Verdict.code(answer).equals("NoSuchBucket")) {
            return "create the bucket, or correct its name";
        }
        return switch (answer.statusCode()) {
            case 301, 307, 400 -> "check the region, the address and the addressing of the bucket";
            case 401, 403 ->
                "check the credentials, that they may read, write, delete and list in the"
                        + " bucket (without the right to list, what is absent looks forbidden), and"
                        + " this machine's clock";
            case 429, 503 -> "the store wants fewer requests: try again later";
            default -> "try again later; if it lasts, look at the state of the store";
        };
    }
}
