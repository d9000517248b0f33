package io.cordwood.server.grpc;

import com.google.protobuf.MessageLite;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import io.vertx.grpc.server.StatusException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One gRPC call: messages that come, answers that go, and one end. What is written after the end,
 * whoever brought it about, goes nowhere.
 *
 * @param <Q> what is asked
 * @param <A> what is answered
 */
final class Call<Q extends MessageLite, A extends MessageLite> {

    private static final int UNSENT_BYTES_MAX = 512 << 10;

    private final GrpcServerRequest<Buffer, Buffer> request;
    private final GrpcServerResponse<Buffer, Buffer> response;
    private final HttpServerRequest http;
    private final MessageDecoder<Q> decoder;
    private Runnable drained = () -> {};
    private long unsentBytes;
    private boolean congested;
    private boolean taken;
    private boolean ended;

    Call(GrpcServerRequest<Buffer, Buffer> request, HttpServerRequest http,
            MessageDecoder<Q> decoder) {
        this.request = request;
        this.response = request.response();
        this.http = http;
        this.decoder = decoder;
        request.errorHandler(error -> ended = true);
        http.response().closeHandler(nothing -> ended = true);
    }

    /** Whether somebody still waits for an answer. */
    boolean open() {
        return !ended && !http.response().ended();
    }

    /**
     * Hands each message to the receiver, decoded. Why one is malformed or too large goes to the
     * other receiver, which is to end the call.
     */
    void onMessages(Consumer<Received<Q>> receiver, Consumer<RuntimeException> malformed) {
        request.invalidMessageHandler(tooLarge -> malformed.accept(decoder.tooLarge()));
        request.messageHandler(message -> {
            if (open()) {
                receive(message, receiver, malformed);
            }
        });
    }

    /** Hands the one message that the call takes to the receiver; none or more end the call. */
    void onOneMessage(Consumer<Received<Q>> receiver) {
        onMessages(message -> {
            if (taken) {
                fail(new RejectedException(Reason.INVALID_REQUEST, "the method takes one message"));
                return;
            }
            taken = true;
            receiver.accept(message);
        }, this::fail);
        onHalfClose(() -> {
            if (!taken) {
                fail(new RejectedException(Reason.INVALID_REQUEST, "no message came"));
            }
        });
    }

    /** Runs the task when the client will send no more messages. */
    void onHalfClose(Runnable task) {
        request.endHandler(nothing -> task.run());
    }

    /** Answers the one message of a unary call. */
    void answer(Function<Received<Q>, Future<A>> answering) {
        onOneMessage(message -> Future.succeededFuture(message).compose(answering)
                .onSuccess(answer -> {
                    write(answer);
                    finish();
                }).onFailure(this::fail));
    }

    /** Receives nothing more until {@link #proceed}, but for what has arrived already. */
    void hold() {
        if (!http.isEnded()) {
            http.pause();
        }
    }

    void proceed() {
        if (!http.isEnded()) {
            http.resume();
        }
    }

    void write(A answer) {
        if (open()) {
            byte[] bytes = answer.toByteArray();
            unsentBytes += bytes.length;
            response.write(Buffer.buffer(bytes)).onComplete(sent -> {
                unsentBytes -= bytes.length;
                drain();
            });
        }
    }

    /**
     * Whether enough waits for the client to read it: write no more before the call has drained.
     */
    boolean congested() {
        congested |= unsentBytes >= UNSENT_BYTES_MAX;
        return congested;
    }

    /** Runs the task each time that the call is not congested any more. */
    void onDrain(Runnable task) {
        drained = task;
    }

    /** Ends the call well. */
    void finish() {
        end(GrpcStatus.OK, "");
    }

    /** Ends the call with the status of a failure, or with the one that it says itself. */
    void fail(Throwable reason) {
        if (reason instanceof StatusException said) {
            end(said.status(), said.message());
            return;
        }
        Failure failure = Failure.of(reason);
        end(failure.status(), failure.message());
    }

    private void end(GrpcStatus status, String message) {
        if (open()) {
            response.status(status).statusMessage(message).end();
            ended = true;
            // What the client has sent and nobody reads would take the connection's window.
            proceed();
        }
    }

    private void drain() {
        if (congested && unsentBytes < UNSENT_BYTES_MAX / 2) {
            congested = false;
            drained.run();
        }
    }

    private void receive(GrpcMessage message, Consumer<Received<Q>> receiver,
            Consumer<RuntimeException> malformed) {
        Received<Q> received;
        try {
            received = decoder.decode(message);
        } catch (RejectedException | StatusException reason) {
            malformed.accept(reason);
            return;
        }
        receiver.accept(received);
    }
}
