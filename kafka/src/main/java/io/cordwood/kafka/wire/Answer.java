package io.cordwood.kafka.wire;

import org.apache.kafka.common.protocol.ApiMessage;

/** What a request comes to. */
public sealed interface Answer {

    /**
     * A response that is sent.
     *
     * @param whenGone run once the response has left, or never will: gives back what it holds
     */
    record Response(ApiMessage message, Runnable whenGone) implements Answer {

        /** A response that holds nothing. */
        public static Response of(ApiMessage message) {
            return new Response(message, () -> {});
        }
    }

    /** Nothing is sent: the client did not ask to be told. */
    record Silence() implements Answer {}

    /** The connection is closed: the only way to tell a client that did not ask to be told. */
    record HangUp(String reason) implements Answer {}
}
