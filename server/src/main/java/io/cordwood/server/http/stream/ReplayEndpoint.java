package io.cordwood.server.http.stream;

import io.cordwood.server.http.exchange.Endpoint;
import io.cordwood.server.http.exchange.Parameters;
import io.cordwood.server.http.v2.RecordJson;
import io.cordwood.server.log.OffsetRange;
import io.cordwood.server.log.RecordLog;
import io.cordwood.server.log.TopicDescription;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Opens replays, which send what there is from one place to another, and end. */
public final class ReplayEndpoint {

    /** So that the next pages are on their way while one is sent. */
    private static final int PARTITIONS_AT_ONCE = 4;

    private final RecordLog log;
    private final StreamBounds bounds;
    private final Streams replays;

    public ReplayEndpoint(RecordLog log, StreamBounds bounds) {
        this.log = log;
        this.bounds = bounds;
        this.replays = new Streams("replays", log, bounds);
    }

    /** Adds the replay's route. */
    public void mount(Router router) {
        router.get("/topics/:topic/replay").handler(Endpoint.handler(this::replay));
    }

    /** Replays that are open. */
    public long open() {
        return replays.open();
    }

    /** Ends all replays, as if they were broken off. */
    public void close() {
        replays.close();
    }

    private Future<Void> replay(RoutingContext context) {
        StreamRequest request = StreamRequest.parse(context, Lines.MEDIA_TYPE);
        Parameters parameters = new Parameters(context);
        Span span = new Span(Place.parse("from", parameters.text("from").orElse("beginning")),
                Place.parse("to", parameters.text("to").orElse("end")));
        return replays.run(context,
                () -> feed(request, span).onSuccess(feed -> sayWhatIsMeant(context, feed)));
    }

    private Future<Feed> feed(StreamRequest request, Span span) {
        return log.topic(request.topic()).compose(topic -> Future
                .all(request.partitionsOf(topic, bounds.partitionsMax(),
                        List.of(span.from(), span.to())).stream()
                        .map(partition -> lane(topic, span, partition)).toList())
                .map(lanes -> new Feed(topic, lanes.list(), PARTITIONS_AT_ONCE,
                        new Lines(new RecordJson(topic.name(), request.format())))));
    }

    private Future<Lane> lane(TopicDescription topic, Span span, int partition) {
        return Future
                .all(span.from().fix(log, topic.name(), partition),
                        span.to().fix(log, topic.name(), partition),
                        log.offsets(topic.name(), partition))
                .map(found -> lane(partition, found.resultAt(0), found.resultAt(1),
                        found.resultAt(2)));
    }

    private static Lane lane(int partition, Place.Fixed from, Place.Fixed to,
            OffsetRange range) {
        return new Lane(partition, from.startIn(partition, range), to.endIn(partition, range));
    }

    /** Which offsets that are, so that a client can ask for the same again, or for what is left. */
    private static void sayWhatIsMeant(RoutingContext context, Feed feed) {
        context.response().putHeader("cordwood-from", offsets(feed, Lane::next))
                .putHeader("cordwood-to", offsets(feed, Lane::end));
    }

    private static String offsets(Feed feed, ToLongFunction<Lane> offset) {
        return feed.lanes().stream()
                .map(lane -> lane.partition() + ":" + offset.applyAsLong(lane))
                .collect(Collectors.joining(","));
    }

    private record Span(Place from, Place to) {}
}
