package io.cordwood.server.http;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.http.exchange.Answer;
import io.cordwood.server.http.exchange.Bodies;
import io.cordwood.server.http.exchange.ContentType;
import io.cordwood.server.http.exchange.Endpoint;
import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.Offload;
import io.cordwood.server.http.exchange.Parameters;
import io.cordwood.server.http.exchange.RequestBounds;
import io.cordwood.server.http.v2.EmbeddedFormat;
import io.cordwood.server.http.v2.ProduceBody;
import io.cordwood.server.http.v2.ProduceJson;
import io.cordwood.server.log.AppendResult;
import io.cordwood.server.log.NewRecord;
import io.cordwood.server.log.RecordLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.OptionalInt;

/**
 * Appends records.
 *
 * <p>Where only some records fail, the answer is 200 with an entry for each, as in the dialect.
 * Where all fail for one reason, the request has failed: the answer has that reason's status, so
 * that a client which looks at nothing else does not take it for success.
 */
final class ProduceEndpoint {

    private final Vertx vertx;
    private final RecordLog log;
    private final RequestBounds bounds;
    private final Bodies bodies;

    ProduceEndpoint(Vertx vertx, RecordLog log, RequestBounds bounds) {
        this.vertx = vertx;
        this.log = log;
        this.bounds = bounds;
        this.bodies = new Bodies(vertx, log, bounds);
    }

    void mount(Router router) {
        router.post("/topics/:topic").handler(
                Endpoint.handler(context -> produce(context, OptionalInt.empty())));
        router.post("/topics/:topic/partitions/:partition").handler(Endpoint.handler(
                context -> produce(context, OptionalInt.of(new Parameters(context).partition()))));
    }

    private Future<Void> produce(RoutingContext context, OptionalInt partition) {
        TopicName topic = new Parameters(context).topic();
        EmbeddedFormat format = EmbeddedFormat.ofBody(ContentType.of(context.request()));
        return bodies.hold(context.request(), (body, room) -> parse(body, format, partition)
                .compose(records -> {
                    room.shrinkTo(bounds.parsedCostBytes(body.length, items(records)));
                    return log.append(topic, records);
                }).compose(results -> answer(context, results)));
    }

    private static int items(List<NewRecord> records) {
        return records.size()
                + records.stream().mapToInt(each -> each.record().headers().size()).sum();
    }

    private Future<List<NewRecord>> parse(byte[] body, EmbeddedFormat format,
            OptionalInt partition) {
        ProduceBody parser = new ProduceBody(body, format, bounds);
        return Offload.call(vertx, body.length, () -> parser.records(partition));
    }

    private static Future<Void> answer(RoutingContext context, List<AppendResult> results) {
        if (results.getFirst() instanceof AppendResult.Failed first
                && results.stream().allMatch(result -> failedAs(first, result))) {
            return Future.failedFuture(first.reason());
        }
        return Answer.json(context, 200, ProduceJson.of(results));
    }

    private static boolean failedAs(AppendResult.Failed first, AppendResult result) {
        return result instanceof AppendResult.Failed failed
                && ErrorCode.of(failed.reason()) == ErrorCode.of(first.reason());
    }
}
