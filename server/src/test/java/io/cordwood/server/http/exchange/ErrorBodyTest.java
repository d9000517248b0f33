package io.cordwood.server.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorBodyTest {

    @ParameterizedTest
    @CsvSource({"UNKNOWN_TOPIC, 404, 40401", "UNKNOWN_PARTITION, 404, 40402",
            "TOPIC_EXISTS, 409, 40904", "INVALID_TOPIC, 400, 40002", "INVALID_REQUEST, 400, 40002",
            "INVALID_RECORD, 422, 422", "RECORD_TOO_LARGE, 413, 41302",
            "OFFSET_OUT_OF_RANGE, 416, 41601"})
    void rejectionsSayWhatWasWrong(RejectedException.Reason reason, int status, int code) {
        ErrorBody body = ErrorBody.of(new RejectedException(reason, "why"));

        assertThat(body.code().status()).isEqualTo(status);
        assertThat(body.json().encode())
                .isEqualTo("{\"error_code\":" + code + ",\"message\":\"why\"}");
    }

    @Test
    void otherFailuresSayWhatToDoNext() {
        assertThat(code(new UnavailableException("x"))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(code(new FencedException("x"))).isEqualTo(ErrorCode.FENCED);
        assertThat(code(new CorruptException("x"))).isEqualTo(ErrorCode.CORRUPT);
        assertThat(code(new MissingObjectException("x"))).isEqualTo(ErrorCode.MISSING);
        assertThat(code(new UnknownOutcomeException("x"))).isEqualTo(ErrorCode.UNKNOWN_OUTCOME);
        assertThat(code(new IllegalStateException("x"))).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void onlyWhatDidNothingIsRetriable() {
        assertThat(Arrays.stream(ErrorCode.values()).filter(ErrorCode::retriable))
                .containsExactly(ErrorCode.MISSING, ErrorCode.UNAVAILABLE);
    }

    @Test
    void theInsideOfABugStaysInside() {
        assertThat(ErrorBody.of(new IllegalStateException("secret")).message())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource
    void aCodeBeginsWithItsStatus(ErrorCode code) {
        assertThat(Integer.toString(code.code())).startsWith(Integer.toString(code.status()));
    }

    private static ErrorCode code(Throwable failure) {
        return ErrorBody.of(failure).code();
    }
}
