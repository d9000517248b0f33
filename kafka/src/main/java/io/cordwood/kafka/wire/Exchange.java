package io.cordwood.kafka.wire;

import io.cordwood.runtime.Invariant;
import java.util.Optional;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.requests.AbstractRequest;

/** A request in hand, and what it comes to. */
final class Exchange {

    private final Call call;
    private final AbstractRequest request;
    private final int size;
    private Optional<Answer> answer = Optional.empty();

    /** A request that takes so many bytes. */
    Exchange(Call call, AbstractRequest request, int size) {
        this.call = call;
        this.request = request;
        this.size = size;
    }

    Call call() {
        return call;
    }

    AbstractRequest request() {
        return request;
    }

    /** The bytes of the frame, which are held until the answer is out. */
    int size() {
        return size;
    }

    /**
     * The API's own way to say that the request failed as a whole. Kafka's classes know none for a
     * client that did not ask to be told, and stumble over some requests themselves.
     */
    Answer refusal(Throwable failure) {
        Invariant.rethrow(failure);
        ApiException known = Failures.of(failure);
        try {
            return Optional.ofNullable(request.getErrorResponse(known))
                    .<Answer>map(response -> Answer.Response.of(response.data()))
                    .orElseGet(() -> new Answer.HangUp(failure.toString()));
        } catch (RuntimeException unanswerable) {
            return new Answer.HangUp("a malformed request: " + failure);
        }
    }

    void conclude(Answer conclusion) {
        Invariant.check(answer.isEmpty(), "a request is answered once");
        answer = Optional.of(conclusion);
    }

    /** What it came to; empty while it is handled. */
    Optional<Answer> answer() {
        return answer;
    }
}
