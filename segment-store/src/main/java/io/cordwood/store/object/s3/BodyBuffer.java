package io.cordwood.store.object.s3;

import io.cordwood.runtime.LogException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Receives a body into one buffer of exactly its announced length. The SDK's own transformer makes
 * garbage of several times the object's size. A body of any other length than announced fails, and
 * is asked for again.
 */
final class BodyBuffer implements AsyncResponseTransformer<GetObjectResponse, ByteBuffer> {

    private final BodyLength expected;
    private volatile CompletableFuture<ByteBuffer> attempt = new CompletableFuture<>();
    private volatile int length;

    BodyBuffer(BodyLength expected) {
        this.expected = expected;
    }

    /**
     * Begins an attempt; one that failed cannot be completed any more, so each has its own future.
     */
    @Override
    public CompletableFuture<ByteBuffer> prepare() {
        attempt = new CompletableFuture<>();
        return attempt;
    }

    @Override
    public void onResponse(GetObjectResponse answer) {
        try {
            length = expected.of(answer);
        } catch (LogException unfit) {
            attempt.completeExceptionally(unfit);
        }
    }

    @Override
    public void onStream(SdkPublisher<ByteBuffer> body) {
        CompletableFuture<ByteBuffer> current = attempt;
        body.subscribe(new Filling(current,
                ByteBuffer.allocate(current.isCompletedExceptionally() ? 0 : length)));
    }

    @Override
    public void exceptionOccurred(Throwable failure) {
        attempt.completeExceptionally(failure);
    }

    /** Fills the buffer with one body. */
    private static final class Filling implements Subscriber<ByteBuffer> {

        private final CompletableFuture<ByteBuffer> whole;
        private final ByteBuffer buffer;
        private volatile Runnable stop = () -> {};

        Filling(CompletableFuture<ByteBuffer> whole, ByteBuffer buffer) {
            this.whole = whole;
            this.buffer = buffer;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            stop = subscription::cancel;
            if (whole.isDone()) {
                subscription.cancel();
            } else {
                subscription.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onNext(ByteBuffer piece) {
            if (piece.remaining() > buffer.remaining()) {
                stop.run();
                whole.completeExceptionally(RetryableException.create("more bytes than announced"));
            } else {
                buffer.put(piece);
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            if (buffer.hasRemaining()) {
                whole.completeExceptionally(RetryableException
                        .create("the body was cut " + buffer.remaining()
                                + " bytes before its end"));
            } else {
                whole.complete(buffer.flip());
            }
        }
    }
}
