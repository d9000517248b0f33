package io.cordwood.kafka.wire;

import io.vertx.core.Future;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;

/**
 * An API that is served.
 *
 * @param type of its requests
 * @param versionMax the newest version that is served; the oldest is Kafka's own
 */
public record Api<R extends AbstractRequest>(ApiKeys key, Class<R> type, short versionMax,
        ApiHandler<R> handler) {

    public Api {
        if (versionMax < key.oldestVersion() || versionMax > key.latestVersion(false)) {
            throw new IllegalArgumentException(key + " has no stable version " + versionMax);
        }
    }

    /** An API in all its stable versions. */
    public static <R extends AbstractRequest> Api<R> of(ApiKeys key, Class<R> type,
            ApiHandler<R> handler) {
        return new Api<>(key, type, key.latestVersion(false), handler);
    }

    boolean has(short version) {
        return version >= key.oldestVersion() && version <= versionMax;
    }

    Future<Answer> handle(Call call, AbstractRequest request) {
        return handler.handle(call, type.cast(request));
    }
}
