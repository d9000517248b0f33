package io.cordwood.server.http.stream;

import io.cordwood.server.http.exchange.Endpoint;
import io.cordwood.server.http.exchange.Parameters;
import io.cordwood.server.http.v2.RecordJson;
import io.cordwood.server.log.RecordLog;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Opens live tails, which follow a topic for ever. */
public final class TailEndpoint {

    private final RecordLog log;
    private final StreamBounds bounds;
    private final Streams tails;

    public TailEndpoint(RecordLog log, StreamBounds bounds) {
        this.log = log;
        this.bounds = bounds;
        this.tails = new Streams("live tails", log, bounds);
    }

    /** Adds the tail's route. */
    public void mount(Router router) {
        router.get("/topics/:topic/tail").handler(Endpoint.handler(this::tail));
    }

    /** Tails that are open. */
    public long open() {
        return tails.open();
    }

    /** Tails whose client does not read what was written. */
    public long stalled() {
        return tails.stalled();
    }

    /** Ends all tails. */
    public void close() {
        tails.close();
    }

    private Future<Void> tail(RoutingContext context) {
        StreamRequest request = StreamRequest.parse(context, Events.MEDIA_TYPE);
        Place from = from(context);
        return tails.run(context, () -> feed(request, from));
    }

    /** {@code Last-Event-ID} goes before {@code ?from=}: it is what a client saw last. */
    private static Place from(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader("last-event-id"))
                .filter(last -> !last.isBlank())
                .<Place>map(last -> new Place.At(Positions.parse(last)))
                .orElseGet(() -> Place.parse("from",
                        new Parameters(context).text("from").orElse("end")));
    }

    private Future<Feed> feed(StreamRequest request, Place from) {
        return log.topic(request.topic()).compose(topic -> Future
                .all(request.partitionsOf(topic, bounds.partitionsMax(), List.of(from)).stream()
                        .map(partition -> lane(request, from, partition)).toList())
                .map(lanes -> new Feed(topic, lanes.list(), bounds.partitionsMax(),
                        new Events(new RecordJson(topic.name(), request.format())))));
    }

    private Future<Lane> lane(StreamRequest request, Place from, int partition) {
        return from.fix(log, request.topic(), partition)
                .compose(place -> log.offsets(request.topic(), partition).map(
                        range -> Lane.endless(partition, place.startIn(partition, range))));
    }
}
