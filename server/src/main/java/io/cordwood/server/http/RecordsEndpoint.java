package io.cordwood.server.http;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.http.exchange.Accept;
import io.cordwood.server.http.exchange.Admission;
import io.cordwood.server.http.exchange.Endpoint;
import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.Offload;
import io.cordwood.server.http.exchange.PacedBody;
import io.cordwood.server.http.exchange.Parameters;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.http.v2.EmbeddedFormat;
import io.cordwood.server.http.v2.PageJson;
import io.cordwood.server.http.v2.RecordJson;
import io.cordwood.server.log.ReadRequest;
import io.cordwood.server.log.RecordLog;
import io.cordwood.server.log.RecordPage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Reads a page of records from an offset or a time on.
 *
 * <p>A request is served in two steps. What is there now is read at once, while the memory for a
 * whole page is held. Only if there is nothing does the request wait; then it holds no memory, and
 * is answered with the little that woke it.
 */
final class RecordsEndpoint {

    /** Bytes of a page for a request that had to wait. */
    private static final int WOKEN_SIZE_MAX_BYTES = 64 << 10;

    /** A page is held as it was read and once more as JSON, where base64 takes a third more. */
    private static final int COST_FACTOR = 3;

    private final Vertx vertx;
    private final RecordLog log;
    private final PageBounds bounds;
    private final Admission memory;
    private final Admission polls;

    RecordsEndpoint(Vertx vertx, RecordLog log, PageBounds bounds) {
        this.vertx = vertx;
        this.log = log;
        this.bounds = bounds;
        this.memory = new Admission("bytes of answers under way", bounds.allMaxBytes());
        this.polls = new Admission("requests that wait for records", bounds.pollsMax());
    }

    void mount(Router router) {
        router.get("/topics/:topic/partitions/:partition/records")
                .handler(Endpoint.handler(this::records));
    }

    /** Bytes that are held for answers under way. */
    long heldBytes() {
        return memory.used();
    }

    private Future<Void> records(RoutingContext context) {
        Parameters parameters = new Parameters(context);
        OptionalLong offset = parameters.number("offset");
        OptionalLong timestamp = parameters.number("timestamp");
        if (offset.isPresent() == timestamp.isPresent()) {
            throw new RefusedException(ErrorCode.MALFORMED,
                    "say where to begin: with ?offset= or with ?timestamp= in milliseconds");
        }
        Reading reading = reading(context, parameters);
        return offset.isPresent()
                ? serve(reading, offset.getAsLong())
                : serveFromTime(reading, timestamp.orElseThrow());
    }

    private Reading reading(RoutingContext context, Parameters parameters) {
        String accept = Objects.requireNonNullElse(context.request().getHeader("accept"), "");
        TopicName topic = parameters.topic();
        long bytesMax = parameters.number("max_bytes").orElse(bounds.sizeMaxBytes());
        long waitMillis = parameters.number("timeout").orElse(0);
        return new Reading(context,
                new RecordJson(topic, EmbeddedFormat.accepted(Accept.parse(accept))),
                parameters.partition(), Math.clamp(bytesMax, 1, bounds.sizeMaxBytes()),
                Duration.ofMillis(Math.min(waitMillis, bounds.pollWaitMax().toMillis())));
    }

    private Future<Void> serveFromTime(Reading reading, long timestampMillis) {
        return log.offsetAt(reading.topic(), reading.partition(), timestampMillis)
                .compose(offset -> offset.isPresent()
                        ? serve(reading, offset.getAsLong())
                        : serveNothing(reading));
    }

    private Future<Void> serveNothing(Reading reading) {
        return log.offsets(reading.topic(), reading.partition())
                .map(range -> new RecordPage(List.of(), range.end(), range))
                .compose(page -> answer(reading, page));
    }

    private Future<Void> serve(Reading reading, long offset) {
        ReadRequest now = new ReadRequest(offset, reading.bytesMax(), Duration.ZERO);
        return memory.hold((long) COST_FACTOR * reading.bytesMax(),
                () -> read(reading, now).compose(page -> answerUnlessItWaits(reading, page)))
                .compose(answered -> answered ? Future.succeededFuture() : await(reading, offset));
    }

    private Future<Boolean> answerUnlessItWaits(Reading reading, RecordPage page) {
        return page.records().isEmpty() && reading.waitMax().isPositive()
                ? Future.succeededFuture(false)
                : answer(reading, page).map(true);
    }

    private Future<Void> await(Reading reading, long offset) {
        ReadRequest later = new ReadRequest(offset,
                Math.min(reading.bytesMax(), WOKEN_SIZE_MAX_BYTES), reading.waitMax());
        return polls.hold(1, () -> read(reading, later).compose(page -> answer(reading, page)));
    }

    private Future<RecordPage> read(Reading reading, ReadRequest request) {
        return log.read(reading.topic(), reading.partition(), request);
    }

    private Future<Void> answer(Reading reading, RecordPage page) {
        return render(reading, page).compose(json -> {
            reading.response().setStatusCode(200)
                    .putHeader("content-type", reading.json().format().mediaType())
                    .putHeader("cordwood-next-offset", Long.toString(json.nextOffset()))
                    .putHeader("cordwood-beginning-offset", Long.toString(page.range().start()))
                    .putHeader("cordwood-end-offset", Long.toString(page.range().end()));
            return new PacedBody(reading.context().request(), json.body()).send(vertx,
                    bounds.answerWaitMax());
        });
    }

    private Future<PageJson> render(Reading reading, RecordPage page) {
        long bytes = page.records().isEmpty() ? 0 : reading.bytesMax();
        return Offload.call(vertx, bytes, () -> reading.render(page));
    }

    /** A request for records, understood. */
    private record Reading(RoutingContext context, RecordJson json, int partition, int bytesMax,
            Duration waitMax) {

        TopicName topic() {
            return json.topic();
        }

        HttpServerResponse response() {
            return context.response();
        }

        PageJson render(RecordPage page) {
            return PageJson.render(page, partition, json, bytesMax);
        }
    }
}
