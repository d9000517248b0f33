package io.cordwood.store.object.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.CorruptException;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.StoreUnderTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

class BodyBufferTest {

    private final BodyBuffer buffer = new BodyBuffer(
            BodyLength.whole(new ObjectKey("segments/1"), 10));

    @Test
    void aBodyOfTheAnnouncedLengthIsReceivedIntoOneBufferOfThatLength() {
        CompletableFuture<ByteBuffer> body = received(10, "0123456789");

        assertThat(body.join().array()).hasSize(10);
        assertThat(StoreUnderTest.text(body.join())).isEqualTo("0123456789");
    }

    @Test
    void aBodyThatIsShorterOrLongerThanAnnouncedIsAskedForAgain() {
        assertThat(received(10, "012345678").exceptionNow()).isInstanceOf(RetryableException.class)
                .hasMessageContaining("cut 1 bytes before its end");
        assertThat(received(9, "0123456789").exceptionNow()).isInstanceOf(RetryableException.class)
                .hasMessageContaining("more bytes");
    }

    @Test
    void aBodyThatIsTooLargeIsNotReceived() {
        assertThat(received(11, "0123456789x").exceptionNow()).isInstanceOf(CorruptException.class);
    }

    @Test
    void aFailedAttemptDoesNotFailTheNext() {
        CompletableFuture<ByteBuffer> first = buffer.prepare();
        buffer.exceptionOccurred(new IOException("reset"));

        assertThat(first).isCompletedExceptionally();
        assertThat(received(3, "abc")).isCompleted();
    }

    private CompletableFuture<ByteBuffer> received(long announced, String body) {
        CompletableFuture<ByteBuffer> attempt = buffer.prepare();
        buffer.onResponse(GetObjectResponse.builder().contentLength(announced).build());
        buffer.onStream(AsyncRequestBody.fromString(body));
        return attempt;
    }
}
