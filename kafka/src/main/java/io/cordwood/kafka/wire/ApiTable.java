package io.cordwood.kafka.wire;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.FinalizedFeatureKey;
import org.apache.kafka.common.message.ApiVersionsResponseData.SupportedFeatureKey;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.ApiVersionsRequest;

/**
 * Which API is served by whom. What clients are told that they may ask is made of this table, so
 * nothing is promised that has no handler.
 */
public final class ApiTable {

    /**
     * What is agreed on in the cluster: transactions end with a new instance of their producer, and
     * the newer kinds of groups can be used.
     */
    private static final List<Feature> FEATURES = List.of(
            new Feature("transaction.version", (short) 2, ApiKeys.END_TXN),
            new Feature("group.version", (short) 1, ApiKeys.CONSUMER_GROUP_HEARTBEAT),
            new Feature("streams.version", (short) 1, ApiKeys.STREAMS_GROUP_HEARTBEAT));

    /** Old clients do not understand that a feature may be absent (KAFKA-17492). */
    private static final short FEATURE_LEVEL_MIN = 1;

    private static final long FEATURES_EPOCH = 1;

    private final Map<ApiKeys, Api<?>> apis = new EnumMap<>(ApiKeys.class);

    /** A table of some APIs, and of the one that lists them. */
    public ApiTable(List<Api<?>> apis) {
        List<Api<?>> all = new ArrayList<>(apis);
        all.add(Api.of(ApiKeys.API_VERSIONS, ApiVersionsRequest.class, this::versions));
        all.forEach(api -> {
            if (this.apis.put(api.key(), api) != null) {
                throw new IllegalArgumentException(api.key() + " has one handler");
            }
        });
    }

    /** Whether a version of an API is served. */
    boolean has(ApiKeys key, short version) {
        return Optional.<Api<?>>ofNullable(apis.get(key)).filter(api -> api.has(version))
                .isPresent();
    }

    /** Gives a request to its handler; the table must have it. */
    Future<Answer> handle(Call call, AbstractRequest request) {
        return Optional.<Api<?>>ofNullable(apis.get(request.apiKey())).orElseThrow()
                .handle(call, request);
    }

    private Future<Answer> versions(Call call, ApiVersionsRequest request) {
        if (request.hasUnsupportedRequestVersion()) {
            return Future.failedFuture(Errors.UNSUPPORTED_VERSION.exception());
        }
        if (!request.isValid()) {
            return Future.failedFuture(Errors.INVALID_REQUEST.exception());
        }
        ApiVersionsResponseData response = new ApiVersionsResponseData();
        apis.values().forEach(api -> response.apiKeys().add(new ApiVersion()
                .setApiKey(api.key().id)
                .setMinVersion(announcedMin(api.key()))
                .setMaxVersion(api.versionMax())));
        FEATURES.stream().filter(feature -> apis.containsKey(feature.servedBy()))
                .forEach(feature -> announce(feature, response));
        return Future.succeededFuture(Answer.Response.of(response
                .setFinalizedFeaturesEpoch(FEATURES_EPOCH)));
    }

    private static void announce(Feature feature, ApiVersionsResponseData response) {
        response.supportedFeatures().add(new SupportedFeatureKey().setName(feature.name())
                .setMinVersion(FEATURE_LEVEL_MIN).setMaxVersion(feature.level()));
        response.finalizedFeatures().add(new FinalizedFeatureKey().setName(feature.name())
                .setMinVersionLevel(feature.level()).setMaxVersionLevel(feature.level()));
    }

    /**
     * Old versions of librdkafka use compression only with servers that announce the versions of
     * produce that nobody sends any more (KAFKA-18659).
     */
    private static short announcedMin(ApiKeys key) {
        return key == ApiKeys.PRODUCE
                ? ApiKeys.PRODUCE_API_VERSIONS_RESPONSE_MIN_VERSION
                : key.oldestVersion();
    }

    /**
     * Something that the whole cluster can do or cannot.
     *
     * @param servedBy without which it is not there
     */
    private record Feature(String name, short level, ApiKeys servedBy) {}
}
