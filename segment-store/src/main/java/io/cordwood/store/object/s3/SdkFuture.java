package io.cordwood.store.object.s3;

import io.vertx.core.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** The one place where a future of the SDK becomes one of ours. */
final class SdkFuture {

    private SdkFuture() {}

    /** Makes the request; what it throws at once fails the future as well. */
    static <T> Future<T> of(Supplier<CompletableFuture<T>> request) {
        return Future.<Void>succeededFuture()
                .compose(nothing -> Future.fromCompletionStage(request.get()))
                .recover(failure -> Future.failedFuture(unwrapped(failure)));
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
