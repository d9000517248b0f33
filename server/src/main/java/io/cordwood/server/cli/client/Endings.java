package io.cordwood.server.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.client.InvalidStatusException;
import io.vertx.grpc.common.GrpcError;
import io.vertx.grpc.common.GrpcErrorException;
import java.net.URLDecoder;
import java.util.Optional;

/** How calls end: well, with a status and its message, or without a word. */
final class Endings {

    private Endings() {}

    /** Complete when the answer is; fails with {@link CallException} if it did not end well. */
    static Future<Void> of(GrpcClientResponse<?, ?> answer) {
        Promise<Void> ending = Promise.promise();
        // A stream that is reset ends here only.
        answer.errorHandler(error -> ending.tryFail(reset(error)));
        answer.end().onSuccess(ended -> ending.tryComplete())
                .onFailure(reason -> ending.tryFail(reason instanceof InvalidStatusException
                        ? new CallException.Refused(answer.status(), message(answer))
                        : failure(reason)));
        return ending.future();
    }

    /** What a failure of the transport means for the call. */
    static CallException failure(Throwable reason) {
        return switch (reason) {
            case CallException known -> known;
            case GrpcErrorException reset -> reset(reset.error());
            case Throwable other -> new CallException.Broken(
                    "the connection broke: " + other.getMessage(), other);
        };
    }

    private static CallException reset(GrpcError error) {
        if (error == GrpcError.UNAVAILABLE) {
            return new CallException.Refused(error.status,
                    "the server takes no more calls for now");
        }
        return new CallException.Broken("the call was cut off: " + error,
                new IllegalStateException(error.toString()));
    }

    private static String message(GrpcClientResponse<?, ?> answer) {
        return Optional.ofNullable(answer.trailers().get("grpc-message"))
                .or(() -> Optional.ofNullable(answer.headers().get("grpc-message")))
                // The encoding is that of URLs, but a plus is a plus.
                .map(encoded -> URLDecoder.decode(encoded.replace("+", "%2B"), UTF_8))
                .orElseGet(() -> "the server said " + answer.status());
    }
}
