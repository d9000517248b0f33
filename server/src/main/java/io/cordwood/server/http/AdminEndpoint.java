package io.cordwood.server.http;

import io.cordwood.server.http.exchange.Answer;
import io.cordwood.server.http.exchange.Bodies;
import io.cordwood.server.http.exchange.ContentType;
import io.cordwood.server.http.exchange.Endpoint;
import io.cordwood.server.http.exchange.Parameters;
import io.cordwood.server.http.exchange.RequestBounds;
import io.cordwood.server.http.v2.NewTopic;
import io.cordwood.server.log.RecordLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** Creates and deletes topics. */
final class AdminEndpoint {

    private static final int BODY_SIZE_MAX_BYTES = 16 << 10;
    private static final Set<String> TYPES = Set.of("application/json", Answer.V2_JSON,
            "application/vnd.kafka.json.v2+json");

    private final RecordLog log;
    private final Bodies bodies;

    AdminEndpoint(Vertx vertx, RecordLog log, RequestBounds bounds) {
        this.log = log;
        this.bodies = new Bodies(vertx, log,
                new RequestBounds(BODY_SIZE_MAX_BYTES, bounds.itemsMax(), bounds.waitMax()));
    }

    void mount(Router router) {
        router.post("/admin/topics").handler(Endpoint.handler(this::create));
        router.delete("/admin/topics/:topic").handler(Endpoint.handler(this::delete));
    }

    private Future<Void> create(RoutingContext context) {
        if (!TYPES.contains(ContentType.of(context.request()))) {
            throw ContentType.unsupported("a topic is described as application/json");
        }
        return bodies.hold(context.request(),
                (body, room) -> create(context, NewTopic.parse(body)));
    }

    private Future<Void> create(RoutingContext context, NewTopic topic) {
        return log.createTopic(topic.name(), topic.partitions()).compose(created -> {
            context.response().putHeader("location", "/topics/" + topic.name());
            return Answer.json(context, 201, topic.json().toBuffer());
        });
    }

    private Future<Void> delete(RoutingContext context) {
        return log.deleteTopic(new Parameters(context).topic())
                .compose(deleted -> Answer.done(context));
    }
}
