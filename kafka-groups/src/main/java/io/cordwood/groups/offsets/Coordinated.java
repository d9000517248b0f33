package io.cordwood.groups.offsets;

import io.cordwood.kafka.wire.Answer;
import io.vertx.core.Future;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.protocol.ApiMessage;

/** Brings what the coordinator answers into our own currency. */
public final class Coordinated {

    private Coordinated() {}

    /** The outcome of a stage; it completes on any thread. */
    public static <T> Future<T> future(CompletionStage<T> stage) {
        return Future.fromCompletionStage(stage)
                .recover(failure -> Future.failedFuture(cause(failure)));
    }

    /** The answer that is a response of the coordinator's. */
    public static Future<Answer> answer(
            CompletionStage<? extends ApiMessage> response) {
        return future(response).map(Answer.Response::of);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }
}
