package io.cordwood.kafka.configs;

import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.kafka.wire.Endpoint;
import io.cordwood.manifest.event.ConfigScope;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
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

    /** How many may be asked for at a time: a few bytes of a name make kilobytes of an answer. */
    static final int RESOURCES_MAX = 2_000;

    private static final long RESOURCE_BYTES_MAX = 32 << 10;

    @Override
    public Future<Answer> handle(Call call, DescribeConfigsRequest request) {
        int count = request.data().resources().size();
        if (count > RESOURCES_MAX) {
            throw Errors.INVALID_REQUEST.exception("the settings of " + count + " resources are "
                    + "too many to be told at a time: ask for at most " + RESOURCES_MAX);
        }
        long room = count * RESOURCE_BYTES_MAX;
        return resources.log().reserve(room).compose(reserved -> Future.succeededFuture()
                .<Answer>map(nothing -> new Answer.Response(describe(call, request),
                        () -> resources.log().giveBack(room)))
                .onFailure(failure -> resources.log().giveBack(room)));
    }

    private DescribeConfigsResponseData describe(Call call, DescribeConfigsRequest request) {
        Detail detail = new Detail(request.data().includeSynonyms(),
                request.data().includeDocumentation());
        DescribeConfigsResponseData response = new DescribeConfigsResponseData();
        request.data().resources().forEach(asked -> response.results()
                .add(describe(asked, detail, facts.apply(call.reached()))));
        return response;
    }

    private DescribeConfigsResult describe(DescribeConfigsResource asked, Detail detail,
            List<BrokerFact> facts) {
        DescribeConfigsResult result = new DescribeConfigsResult()
                .setResourceName(asked.resourceName()).setResourceType(asked.resourceType());
        try {
            Resource resource = resources.find(asked.resourceType(), asked.resourceName());
            Predicate<String> wanted = wanted(asked);
            add(result, wanted, resource, detail);
            if (resource.scope() instanceof ConfigScope.Broker) {
                facts.stream().filter(fact -> wanted.test(fact.name()))
                        .forEach(fact -> result.configs().add(detail.describe(fact)));
            }
        } catch (ApiException refused) {
            Errors error = Errors.forException(refused);
            result.setErrorCode(error.code()).setErrorMessage(refused.getMessage());
        }
        return result;
    }

    private void add(DescribeConfigsResult result, Predicate<String> wanted, Resource resource,
            Detail detail) {
        Origins origins = Origins.of(resources.log().state(), resource);
        boolean ownOnly = resource.scope() instanceof ConfigScope.AllBrokers;
        resource.schema().names().forEach(name -> {
            boolean told = !ownOnly || !origins.all(name).isEmpty();
            if (told && wanted.test(name)) {
                detail.describe(origins, name).ifPresent(result.configs()::add);
            }
        });
    }

    /** Which names are asked for: no list of names asks for all. */
    private static Predicate<String> wanted(DescribeConfigsResource asked) {
        return Optional.ofNullable(asked.configurationKeys())
                .<Predicate<String>>map(names -> new HashSet<>(names)::contains)
                .orElse(name -> true);
    }
}
