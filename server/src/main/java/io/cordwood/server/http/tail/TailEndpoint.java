package io.cordwood.server.http.tail;

import io.cordwood.server.http.exchange.Admission;
import io.cordwood.server.http.exchange.Endpoint;
import io.cordwood.server.http.v2.RecordJson;
import io.cordwood.server.log.RecordLog;
import io.cordwood.server.log.TopicDescription;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Opens tails, up to a bound. */
public final class TailEndpoint {

    private final RecordLog log;
    private final TailBounds bounds;
    private final Admission admission;
    private final Set<Tail> running = ConcurrentHashMap.newKeySet();

    public TailEndpoint(RecordLog log, TailBounds bounds) {
        this.log = log;
        this.bounds = bounds;
        this.admission = new Admission("live tails", bounds.tailsMax());
    }

    /** Adds the tail's route. */
    public void mount(Router router) {
        router.get("/topics/:topic/tail").handler(Endpoint.handler(this::tail));
    }

    /** Tails that are open. */
    public long open() {
        return admission.used();
    }

    /** Tails whose client does not read what was written. */
    public long stalled() {
        return running.stream().filter(Tail::isStalled).count();
    }

    /** Ends all tails. */
    public void close() {
        running.forEach(Tail::stop);
    }

    private Future<Void> tail(RoutingContext context) {
        TailRequest request = TailRequest.parse(context);
        return admission.hold(1, () -> feed(request).compose(feed -> run(context, feed)));
    }

    private Future<Feed> feed(TailRequest request) {
        return log.topic(request.topic()).compose(topic -> Future
                .all(request.partitionsOf(topic, bounds.partitionsMax()).stream()
                        .map(partition -> lane(request, partition)).toList())
                .map(lanes -> feed(request, topic, lanes.list())));
    }

    private Future<Lane> lane(TailRequest request, int partition) {
        return log.offsets(request.topic(), partition)
                .map(range -> new Lane(partition, request.start().in(partition, range)));
    }

    private static Feed feed(TailRequest request, TopicDescription topic, List<Lane> lanes) {
        return new Feed(topic, lanes, new Events(new RecordJson(topic.name(), request.format())));
    }

    private Future<Void> run(RoutingContext context, Feed feed) {
        Tail tail = new Tail(context.vertx(), context.response(), log, bounds, feed);
        running.add(tail);
        return tail.run().onComplete(over -> running.remove(tail));
    }
}
