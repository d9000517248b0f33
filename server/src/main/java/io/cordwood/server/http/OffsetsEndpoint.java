package io.cordwood.server.http;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.http.exchange.Answer;
import io.cordwood.server.http.exchange.Endpoint;
import io.cordwood.server.http.exchange.Parameters;
import io.cordwood.server.http.v2.TopicJson;
import io.cordwood.server.log.OffsetRange;
import io.cordwood.server.log.RecordLog;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.OptionalLong;

/** The offsets of a partition now, and its offset at a time. */
final class OffsetsEndpoint {

    private final RecordLog log;

    OffsetsEndpoint(RecordLog log) {
        this.log = log;
    }

    void mount(Router router) {
        router.get("/topics/:topic/partitions/:partition/offsets")
                .handler(Endpoint.handler(this::offsets));
    }

    private Future<Void> offsets(RoutingContext context) {
        Parameters parameters = new Parameters(context);
        TopicName topic = parameters.topic();
        int partition = parameters.partition();
        OptionalLong timestamp = parameters.number("timestamp");
        return log.offsets(topic, partition)
                .compose(range -> timestamp.isPresent()
                        ? at(topic, partition, timestamp.getAsLong(), range)
                        : Future.succeededFuture(TopicJson.offsets(range)))
                .compose(json -> Answer.json(context, 200, json.toBuffer()));
    }

    private Future<JsonObject> at(TopicName topic, int partition, long timestampMillis,
            OffsetRange range) {
        return log.offsetAt(topic, partition, timestampMillis)
                .map(offset -> TopicJson.offsets(range, timestampMillis, offset));
    }
}
