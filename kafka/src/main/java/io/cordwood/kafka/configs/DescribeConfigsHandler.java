package io.cordwood.kafka.configs;

import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.kafka.wire.Endpoint;
import io.cordwood.manifest.event.ConfigScope;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeConfigsRequest;

/**
 * Tells the settings of topics, of this broker and of groups.
 *
 * @param facts the settings of the broker that do not change, as seen by who has reached it there
 */
public record DescribeConfigsHandler(Resources resources,
        Function<Endpoint, List<BrokerFact>> facts) implements ApiHandler<DescribeConfigsRequest> {

    @Override
    public Future<Answer> handle(Call call, DescribeConfigsRequest request) {
        Detail detail = new Detail(request.data().includeSynonyms(),
                request.data().includeDocumentation());
        DescribeConfigsResponseData response = new DescribeConfigsResponseData();
        request.data().resources().forEach(asked -> response.results()
                .add(describe(asked, detail, facts.apply(call.reached()))));
        return Future.succeededFuture(Answer.Response.of(response));
    }

    private DescribeConfigsResult describe(DescribeConfigsResource asked, Detail detail,
            List<BrokerFact> facts) {
        DescribeConfigsResult result = new DescribeConfigsResult()
                .setResourceName(asked.resourceName()).setResourceType(asked.resourceType());
        try {
            Resource resource = resources.find(asked.resourceType(), asked.resourceName());
            add(result, asked, resource, detail);
            if (resource.scope() instanceof ConfigScope.Broker) {
                facts.stream().filter(fact -> isAsked(asked, fact.name()))
                        .forEach(fact -> result.configs().add(detail.describe(fact)));
            }
        } catch (ApiException refused) {
            Errors error = Errors.forException(refused);
            result.setErrorCode(error.code()).setErrorMessage(refused.getMessage());
        }
        return result;
    }

    private void add(DescribeConfigsResult result, DescribeConfigsResource asked,
            Resource resource, Detail detail) {
        Origins origins = Origins.of(resources.log().state(), resource);
        boolean ownOnly = resource.scope() instanceof ConfigScope.AllBrokers;
        resource.schema().names().forEach(name -> {
            boolean told = !ownOnly || !origins.all(name).isEmpty();
            if (told && isAsked(asked, name)) {
                detail.describe(origins, name).ifPresent(result.configs()::add);
            }
        });
    }

    /** No list of names asks for all. */
    private static boolean isAsked(DescribeConfigsResource asked, String name) {
        return Optional.ofNullable(asked.configurationKeys()).map(names -> names.contains(name))
                .orElse(true);
    }
}
