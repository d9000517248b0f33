package io.cordwood.store.object.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3VerdictTest {

    @ParameterizedTest
    @CsvSource({"412, PreconditionFailed, EXISTS", "412, '', EXISTS",
            "200, PreconditionFailed, EXISTS",
            "0, PreconditionFailed, EXISTS", "409, ConditionalRequestConflict, UNDECIDED",
            "409, '', UNDECIDED", "500, InternalError, UNDECIDED", "503, SlowDown, UNDECIDED",
            "429, TooManyRequests, UNDECIDED", "408, '', UNDECIDED",
            "400, RequestTimeout, UNDECIDED",
            "200, InternalError, UNDECIDED", "403, AccessDenied, REFUSED",
            "404, NoSuchBucket, REFUSED",
            "404, '', REFUSED", "400, InvalidRequest, REFUSED", "301, PermanentRedirect, REFUSED"})
    void aWriteIsDecidedOnlyByWhatTheAnswerProves(int status, String code, S3Verdict verdict) {
        assertThat(S3Verdict.ofWrite(answer(status, code, 1))).isEqualTo(verdict);
        assertThat(S3Verdict.ofWrite(new CompletionException(answer(status, code, 1))))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"404, NoSuchKey, ABSENT", "404, '', ABSENT", "404, NoSuchBucket, REFUSED",
            "416, InvalidRange, PAST_END", "403, AccessDenied, REFUSED",
            "503, SlowDown, UNDECIDED"})
    void aReadIsDecidedByItsLastAttempt(int status, String code, S3Verdict verdict) {
        assertThat(S3Verdict.ofRead(answer(status, code, 3))).isEqualTo(verdict);
    }

    @Test
    void thatItExistsProvesNothingAfterAnEarlierAttempt() {
        assertThat(S3Verdict.ofWrite(answer(412, "PreconditionFailed", 2)))
                .isEqualTo(S3Verdict.UNDECIDED);
    }

    @Test
    void aRefusalProvesNothingAboutEarlierAttemptsThatFailedOtherwise() {
        S3Exception last = answer(403, "AccessDenied", 2);
        last.addSuppressed(SdkClientException.create("Request attempt 1 failure: reset"));

        assertThat(S3Verdict.ofWrite(last)).isEqualTo(S3Verdict.UNDECIDED);
    }

    @Test
    void aRefusalIsOneWhenAllAttemptsWereRefused() {
        S3Exception last = answer(403, "AccessDenied", 2);
        last.addSuppressed(SdkClientException.create("Request attempt 1 failure: said"));

        assertThat(S3Verdict.ofWrite(last)).isEqualTo(S3Verdict.REFUSED);
    }

    @Test
    void whatIsNotAnAnswerProvesNothing() {
        assertThat(S3Verdict.ofWrite(SdkClientException.create("lost", new IOException("reset"))))
                .isEqualTo(S3Verdict.UNDECIDED);
        assertThat(S3Verdict.ofWrite(ApiCallTimeoutException.create(1_000)))
                .isEqualTo(S3Verdict.UNDECIDED);
        assertThat(S3Verdict.ofWrite(new IllegalStateException("closed")))
                .isEqualTo(S3Verdict.UNDECIDED);
    }

    private static S3Exception answer(int status, String code, int attempts) {
        return (S3Exception) S3Exception.builder().message("said").statusCode(status)
                .numAttempts(attempts)
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode(code.isEmpty() ? null : code).build())
                .build();
    }
}
