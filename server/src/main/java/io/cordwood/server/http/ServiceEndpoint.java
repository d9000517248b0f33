package io.cordwood.server.http;

import io.cordwood.server.http.exchange.Answer;
import io.cordwood.server.http.exchange.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Supplier;

/** What the node says about itself: how it is, what it measures, how to talk to it. */
final class ServiceEndpoint {

    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String INDEX = """
            Cordwood: a log on a bucket. Try:

              curl -X POST HERE/admin/topics -H 'Content-Type: application/json' \\
                   -d '{"topic_name": "first", "partitions_count": 1}'

              curl -X POST HERE/topics/first \\
                   -H 'Content-Type: application/vnd.kafka.json.v2+json' \\
                   -d '{"records": [{"key": "a", "value": {"hello": "world"}}]}'

              curl 'HERE/topics/first/partitions/0/records?offset=0' \\
                   -H 'Accept: application/vnd.kafka.json.v2+json'

              curl -N 'HERE/topics/first/tail?from=beginning&format=json'

            All of it: HERE/openapi.json   How it is: HERE/health   HERE/metrics
            """;

    private final Supplier<Health> health;
    private final Supplier<String> metrics;
    private final Buffer openApi;

    ServiceEndpoint(Supplier<Health> health, Supplier<String> metrics) {
        this.health = health;
        this.metrics = metrics;
        this.openApi = resource("/openapi.json");
    }

    void mount(Router router) {
        router.get("/").handler(Endpoint.handler(ServiceEndpoint::index));
        router.get("/health").handler(Endpoint.handler(this::health));
        router.get("/metrics").handler(Endpoint.handler(this::metrics));
        router.get("/openapi.json").handler(Endpoint.handler(
                context -> Answer.send(context, 200, "application/json", openApi.copy())));
    }

    private static Future<Void> index(RoutingContext context) {
        return Answer.send(context, 200, PLAIN,
                Buffer.buffer(INDEX.replace("HERE", address(context))));
    }

    private Future<Void> health(RoutingContext context) {
        Health now = health.get();
        return Answer.send(context, now.status(), "application/json", now.json().toBuffer());
    }

    /** On a worker: some numbers are counted over all topics and groups when somebody looks. */
    private Future<Void> metrics(RoutingContext context) {
        return context.vertx().executeBlocking(metrics::get, false).map(Objects::requireNonNull)
                .compose(text -> Answer.send(context, 200, PROMETHEUS, Buffer.buffer(text)));
    }

    private static String address(RoutingContext context) {
        return context.request().scheme() + "://" + context.request().authority();
    }

    private static Buffer resource(String name) {
        try (InputStream stream = Objects.requireNonNull(
                ServiceEndpoint.class.getResourceAsStream(name), "the build left out " + name)) {
            return Buffer.buffer(stream.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + name, unreadable);
        }
    }
}
