package io.cordwood.kafka.configs;

import io.cordwood.kafka.log.Repeated;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.kafka.wire.Failures;
import io.cordwood.runtime.Invariant;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AlterConfigsRequest;

/** Replaces the settings of topics, brokers and groups, as older clients do. */
public record AlterConfigsHandler(Resources resources) implements ApiHandler<AlterConfigsRequest> {

    @Override
    public Future<Answer> handle(Call call, AlterConfigsRequest request) {
        ConfigChanges changes = new ConfigChanges(resources.log(),
                request.data().validateOnly());
        AlterConfigsResponseData response = new AlterConfigsResponseData();
        List<Future<AlterConfigsResourceResponse>> results = new ArrayList<>();
        Set<ResourceName> repeated = Repeated.of(request.data().resources().stream()
                .map(it -> new ResourceName(it.resourceType(), it.resourceName())));
        request.data().resources().forEach(asked -> {
            AlterConfigsResourceResponse result = new AlterConfigsResourceResponse()
                    .setResourceName(asked.resourceName()).setResourceType(asked.resourceType());
            response.responses().add(result);
            boolean twice = repeated.contains(
                    new ResourceName(asked.resourceType(), asked.resourceName()));
            results.add(alter(asked, twice, changes).map(result)
                    .otherwise(failure -> failed(result, failure)));
        });
        return Future.join(results).map(done -> Answer.Response.of(response));
    }

    private Future<Void> alter(AlterConfigsResource asked, boolean twice, ConfigChanges changes) {
        return Future.succeededFuture().compose(nothing -> {
            if (twice) {
                throw Errors.INVALID_REQUEST
                        .exception("Each resource must appear at most once.");
            }
            Resource resource = resources.find(asked.resourceType(), asked.resourceName());
            TreeMap<String, String> values = new TreeMap<>();
            asked.configs().forEach(config -> values.put(config.name(),
                    ConfigEdit.present(config.name(), config.value())));
            return changes.change(resource,
                    state -> new ConfigEdits(state, resource).replace(values));
        });
    }

    private static AlterConfigsResourceResponse failed(AlterConfigsResourceResponse result,
            Throwable failure) {
        Invariant.rethrow(failure);
        return result.setErrorCode(Errors.forException(Failures.of(failure)).code())
                .setErrorMessage(failure.getMessage());
    }
}
