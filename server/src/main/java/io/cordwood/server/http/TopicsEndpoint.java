package io.cordwood.server.http;

import io.cordwood.runtime.RejectedException;
import io.cordwood.server.http.exchange.Answer;
import io.cordwood.server.http.exchange.Endpoint;
import io.cordwood.server.http.exchange.Parameters;
import io.cordwood.server.http.v2.TopicJson;
import io.cordwood.server.log.RecordLog;
import io.cordwood.server.log.TopicDescription;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Which topics there are, and which partitions they have. */
final class TopicsEndpoint {

    private final RecordLog log;

    TopicsEndpoint(RecordLog log) {
        this.log = log;
    }

    void mount(Router router) {
        router.get("/topics").handler(Endpoint.handler(this::list));
        router.get("/topics/:topic").handler(Endpoint.handler(this::topic));
        router.get("/topics/:topic/partitions").handler(Endpoint.handler(this::partitions));
        router.get("/topics/:topic/partitions/:partition")
                .handler(Endpoint.handler(this::partition));
    }

    private Future<Void> list(RoutingContext context) {
        return Answer.json(context, 200, TopicJson.names(log.topics()).toBuffer());
    }

    private Future<Void> topic(RoutingContext context) {
        return log.topic(new Parameters(context).topic())
                .compose(topic -> Answer.json(context, 200, TopicJson.topic(topic).toBuffer()));
    }

    private Future<Void> partitions(RoutingContext context) {
        return log.topic(new Parameters(context).topic())
                .compose(
                        topic -> Answer.json(context, 200, TopicJson.partitions(topic).toBuffer()));
    }

    private Future<Void> partition(RoutingContext context) {
        int partition = new Parameters(context).partition();
        return log.topic(new Parameters(context).topic()).map(topic -> checked(topic, partition))
                .compose(found -> Answer.json(context, 200, TopicJson.partition(found).toBuffer()));
    }

    private static int checked(TopicDescription topic, int partition) {
        if (partition >= topic.partitions()) {
            throw new RejectedException(RejectedException.Reason.UNKNOWN_PARTITION,
                    "topic " + topic.name() + " has " + topic.partitions()
                            + " partitions, numbered from 0: there is no " + partition);
        }
        return partition;
    }
}
