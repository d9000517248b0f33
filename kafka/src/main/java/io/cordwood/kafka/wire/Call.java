package io.cordwood.kafka.wire;

import org.apache.kafka.common.requests.RequestContext;

/**
 * Who asks, and how.
 *
 * @param context what Kafka's classes want to know of a request
 * @param reached the address of this server as the client knows it
 */
public record Call(RequestContext context, Endpoint reached) {

    /** The version of the API in which the request is written, and its response will be. */
    public short version() {
        return context.apiVersion();
    }
}
