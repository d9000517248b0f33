package io.cordwood.kafka.configs;

import io.cordwood.kafka.cluster.Brokers;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.manifest.state.ManifestState;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.ListConfigResourcesResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ListConfigResourcesRequest;

/**
 * Lists what has settings: topics, this broker, and groups that were given some. Of what has none
 * here, loggers and metrics of clients, there is none.
 */
public record ListConfigResourcesHandler(KafkaLog log)
        implements
            ApiHandler<ListConfigResourcesRequest> {

    /** The first version in which types are asked for; before, it is metrics of clients. */
    private static final short WITH_TYPES = 1;

    @Override
    public Future<Answer> handle(Call call, ListConfigResourcesRequest request) {
        ListConfigResourcesResponseData response = new ListConfigResourcesResponseData();
        ManifestState state = log.state();
        for (ConfigResource.Type type : asked(call, request)) {
            names(state, type).forEach(name -> response.configResources()
                    .add(new ListConfigResourcesResponseData.ConfigResource()
                            .setResourceName(name).setResourceType(type.id())));
        }
        return Future.succeededFuture(Answer.Response.of(response));
    }

    private static Set<ConfigResource.Type> asked(Call call, ListConfigResourcesRequest request) {
        if (call.version() < WITH_TYPES) {
            return Set.of(ConfigResource.Type.CLIENT_METRICS);
        }
        Set<ConfigResource.Type> types = new LinkedHashSet<>();
        request.data().resourceTypes().forEach(id -> {
            ConfigResource.Type type = ConfigResource.Type.forId(id);
            if (type == ConfigResource.Type.UNKNOWN) {
                throw Errors.UNSUPPORTED_VERSION.exception("Unsupported resource type: " + id);
            }
            types.add(type);
        });
        return types.isEmpty() ? Set.of(ConfigResource.Type.values()) : types;
    }

    private static List<String> names(ManifestState state, ConfigResource.Type type) {
        List<String> names = new ArrayList<>();
        switch (type) {
            case TOPIC -> state.topics().forEach(topic -> names.add(topic.name().value()));
            case BROKER -> Brokers.ids(state)
                    .forEach(id -> names.add(Integer.toString(id)));
            case GROUP -> state.configs().groups().forEach(names::add);
            case BROKER_LOGGER, CLIENT_METRICS, UNKNOWN -> {
            }
        }
        return names;
    }
}
