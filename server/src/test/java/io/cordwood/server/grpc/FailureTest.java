package io.cordwood.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.server.grpc.proto.ErrorCode;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailureTest {

    /**
     * What only who sends batches of his own making meets, or who changes settings: nobody does
     * over gRPC.
     */
    private static final Set<Reason> OF_OTHERS = Set.of(Reason.INVALID_CONFIG,
            Reason.INVALID_PARTITIONS, Reason.OUT_OF_ORDER_SEQUENCE,
            Reason.INVALID_PRODUCER_EPOCH, Reason.PRODUCER_FENCED, Reason.UNKNOWN_TRANSACTION,
            Reason.INVALID_TRANSACTION_STATE, Reason.CONCURRENT_TRANSACTIONS);

    @Test
    void everyReasonToRejectThatIsMetOverGrpcHasACodeOfItsName() {
        assertThat(Reason.values()).allSatisfy(reason -> {
            Failure failure = Failure.of(new RejectedException(reason, "why"));

            assertThat(failure.code().name()).isEqualTo(expected(reason));
            assertThat(failure.message()).isEqualTo("why");
        });
    }

    private static String expected(Reason reason) {
        if (reason == Reason.INVALID_TIMESTAMP) {
            return ErrorCode.INVALID_RECORD.name();
        }
        return OF_OTHERS.contains(reason) ? ErrorCode.INVALID_REQUEST.name() : reason.name();
    }

    @Test
    void everyKindOfFailureHasTheStatusThatTheProtocolDocuments() {
        Map<RuntimeException, GrpcStatus> table = Map.of(
                new UnavailableException("x"), GrpcStatus.UNAVAILABLE,
                new MissingObjectException("x"), GrpcStatus.UNAVAILABLE,
                new FencedException("x"), GrpcStatus.FAILED_PRECONDITION,
                new CorruptException("x"), GrpcStatus.DATA_LOSS,
                new UnknownOutcomeException("x"), GrpcStatus.DEADLINE_EXCEEDED,
                new RejectedException(Reason.UNKNOWN_TOPIC, "x"), GrpcStatus.NOT_FOUND,
                new RejectedException(Reason.TOPIC_EXISTS, "x"), GrpcStatus.ALREADY_EXISTS,
                new RejectedException(Reason.INVALID_RECORD, "x"), GrpcStatus.INVALID_ARGUMENT,
                new RejectedException(Reason.RECORD_TOO_LARGE, "x"),
                GrpcStatus.RESOURCE_EXHAUSTED,
                new RejectedException(Reason.OFFSET_OUT_OF_RANGE, "x"), GrpcStatus.OUT_OF_RANGE);

        assertThat(table).allSatisfy((failure, status) -> assertThat(Failure.of(failure).status())
                .isEqualTo(status));
        assertThat(Arrays.stream(ErrorCode.values()).map(code -> new Failure(code, "").status()))
                .doesNotContain(GrpcStatus.OK);
    }

    @Test
    void aMistakeOfOursIsNotShownToTheClient() {
        Failure failure = Failure.of(new IllegalStateException("the secret of the cellar"));

        assertThat(failure.status()).isEqualTo(GrpcStatus.INTERNAL);
        assertThat(failure.message()).doesNotContain("secret");
    }
}
