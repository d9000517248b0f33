package io.cordwood.store.object.faultproxy;

import java.util.Map;

/**
 * A request that reached the proxy.
 *
 * @param path with the query
 * @param headers by name in lower case
 * @param sequence counts all requests, from 1
 */
public record WireRequest(String method, String path, Map<String, String> headers, long sequence) {

    public WireRequest {
        headers = Map.copyOf(headers);
    }
}
