package io.cordwood.server.http.stream;

import io.cordwood.server.http.exchange.Admission;
import io.cordwood.server.log.RecordLog;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The streams of one kind that are open, up to a bound. */
final class Streams {

    private final RecordLog log;
    private final StreamBounds bounds;
    private final Admission admission;
    private final Set<RecordStream> running = ConcurrentHashMap.newKeySet();

    /** None is open. */
    Streams(String kind, RecordLog log, StreamBounds bounds) {
        this.log = log;
        this.bounds = bounds;
        this.admission = new Admission(kind, bounds.streamsMax());
    }

    /** Runs a stream of a feed that is found when there is room for it. */
    Future<Void> run(RoutingContext exchange, Supplier<Future<Feed>> feed) {
        return admission.hold(1, () -> feed.get().compose(found -> run(exchange, found)));
    }

    private Future<Void> run(RoutingContext exchange, Feed feed) {
        RecordStream stream = new RecordStream(exchange, log, bounds, feed);
        running.add(stream);
        return stream.run().onComplete(over -> running.remove(stream));
    }

    /** How many are open. */
    long open() {
        return admission.used();
    }

    /** How many have a client that does not read what was written. */
    long stalled() {
        return running.stream().filter(RecordStream::isStalled).count();
    }

    /** Ends all. */
    void close() {
        running.forEach(RecordStream::stop);
    }
}
