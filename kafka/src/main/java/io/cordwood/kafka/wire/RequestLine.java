package io.cordwood.kafka.wire;

import java.util.ArrayDeque;
import java.util.Optional;

/**
 * The requests of a connection that are in hand, in the order of their arrival. They are handled
 * side by side and leave in order: whoever is answered first waits for those before it.
 */
final class RequestLine {

    private final ConnectionBounds bounds;
    private final ArrayDeque<Exchange> line = new ArrayDeque<>();
    private long bytes;

    RequestLine(ConnectionBounds bounds) {
        this.bounds = bounds;
    }

    /** Whether no more may be taken in hand for now. */
    boolean isFull() {
        return line.size() >= bounds.requestsMax() || bytes >= bounds.requestBytesMax();
    }

    void add(Exchange exchange) {
        line.addLast(exchange);
        bytes += exchange.size();
    }

    /** Takes the first, if it was answered. */
    Optional<Exchange> takeAnswered() {
        Optional<Exchange> first = Optional.ofNullable(line.peekFirst())
                .filter(exchange -> exchange.answer().isPresent());
        first.ifPresent(this::removeFirst);
        return first;
    }

    /** Takes the first, answered or not. */
    Optional<Exchange> take() {
        Optional<Exchange> first = Optional.ofNullable(line.peekFirst());
        first.ifPresent(this::removeFirst);
        return first;
    }

    private void removeFirst(Exchange first) {
        line.removeFirst();
        bytes -= first.size();
    }
}
