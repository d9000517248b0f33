package io.cordwood.server.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private final Admission admission = new Admission("bytes", 10);

    @Test
    void anAmountIsHeldForAsLongAsTheWorkLasts() {
        Promise<String> work = Promise.promise();

        Future<String> held = admission.hold(4, work::future);

        assertThat(admission.used()).isEqualTo(4);
        work.complete("done");
        assertThat(held.result()).isEqualTo("done");
        assertThat(admission.used()).isZero();
    }

    @Test
    void anAmountIsGivenBackWhenTheWorkFails() {
        admission.hold(4, () -> Future.failedFuture("no"));
        admission.hold(4, () -> {
            throw new IllegalStateException("no");
        });

        assertThat(admission.used()).isZero();
    }

    @Test
    void whoFindsNoRoomIsRefusedAndDoesNotWork() {
        admission.hold(7, () -> Promise.promise().future());

        Future<Object> refused = admission.hold(4, () -> {
            throw new AssertionError("worked without room");
        });

        assertThat(refused.cause()).isInstanceOfSatisfying(RefusedException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(admission.used()).isEqualTo(7);
    }

    @Test
    void whatIsLargerThanTheBoundIsServedAlone() {
        Promise<Void> large = Promise.promise();
        admission.hold(11, large::future);

        assertThat(admission.hold(1, Future::succeededFuture).failed()).isTrue();
        large.complete();
        assertThat(admission.hold(1, Future::succeededFuture).failed()).isFalse();
    }
}
