package io.cordwood.server.http;

import io.cordwood.iceberg.TableCatalog;
import io.cordwood.server.http.exchange.Answer;
import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.http.iceberg.CatalogEndpoint;
import io.cordwood.server.http.stream.ReplayEndpoint;
import io.cordwood.server.http.stream.TailEndpoint;
import io.cordwood.server.log.RecordLog;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The HTTP edge of a node. One serves any number of servers and event loops. */
public final class HttpEdge {

    private static final int IDLE_MAX_SECONDS = 120;
    private static final int HEADERS_SIZE_MAX_BYTES = 16 << 10;
    private static final int REQUEST_LINE_SIZE_MAX_BYTES = 8 << 10;

    private final Router router;
    private final RecordsEndpoint records;
    private final TailEndpoint tail;
    private final ReplayEndpoint replay;

    /**
     * Creates the edge of a log.
     *
     * @param health asked for each {@code GET /health}, on an event loop: answers at once
     * @param metrics the text of {@code GET /metrics}, in Prometheus' format 0.0.4; asked as health
     *        is
     */
    public HttpEdge(Vertx vertx, RecordLog log, HttpSettings settings, Supplier<Health> health,
            Supplier<String> metrics) {
        router = Router.router(vertx);
        records = new RecordsEndpoint(vertx, log, settings.pages());
        tail = new TailEndpoint(log, settings.tails());
        replay = new ReplayEndpoint(log, settings.replays());
        router.route().handler(HttpEdge::harden);
        new ServiceEndpoint(health, metrics).mount(router);
        new TopicsEndpoint(log).mount(router);
        new OffsetsEndpoint(log).mount(router);
        new ProduceEndpoint(vertx, log, settings.requests()).mount(router);
        records.mount(router);
        new AdminEndpoint(vertx, log, settings.requests()).mount(router);
        tail.mount(router);
        replay.mount(router);
        ConsumersEndpoint.mount(router);
        answerWhatNoRouteAnswers();
    }

    /**
     * Options that a server of this edge needs; address, port and TLS are for the caller to add.
     *
     * <p>The edge asks for bodies itself ({@code 100 Continue}), when there is room for them.
     * Bodies are not decompressed: what they would become is not known before. The idle time cuts
     * clients that neither send nor read; it must be longer than an append may take and than the
     * heartbeat of a tail, and it must count both directions, for a tail's client never sends.
     */
    public static HttpServerOptions serverOptions() {
        return new HttpServerOptions().setHandle100ContinueAutomatically(false)
                .setDecompressionSupported(false).setIdleTimeout(IDLE_MAX_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS).setMaxHeaderSize(HEADERS_SIZE_MAX_BYTES)
                .setMaxInitialLineLength(REQUEST_LINE_SIZE_MAX_BYTES).setMaxChunkSize(64 << 10);
    }

    /**
     * Serves the tables that topics are, too. Called before the first request.
     *
     * @param defaults how clients of tables reach the bucket, by names that Iceberg has for it
     */
    public void serve(TableCatalog tables, Map<String, String> defaults) {
        new CatalogEndpoint(tables, defaults).mount(router);
    }

    /** Answers requests, if gRPC does not. */
    public Router router() {
        return router;
    }

    /** Answers what is not a request: for the server's {@code invalidRequestHandler}. */
    public static Handler<HttpServerRequest> invalidRequestHandler() {
        return InvalidRequests::answer;
    }

    /** Bytes that are held now for answers with records. */
    public long answerBytes() {
        return records.heldBytes();
    }

    /** Live tails that are open now. */
    public long openTails() {
        return tail.open();
    }

    /** Live tails that wait for their client to read. */
    public long stalledTails() {
        return tail.stalled();
    }

    /** Replays that are open now. */
    public long openReplays() {
        return replay.open();
    }

    /**
     * Ends the live tails, which would otherwise never end, and breaks off the replays; their
     * clients come back elsewhere.
     */
    public void close() {
        tail.close();
        replay.close();
    }

    private static void harden(RoutingContext context) {
        context.response().putHeader("x-content-type-options", "nosniff");
        context.next();
    }

    private void answerWhatNoRouteAnswers() {
        refuse(400, ErrorCode.MALFORMED, "the path or the query is not properly encoded");
        refuse(404, ErrorCode.NO_SUCH_PATH,
                "there is nothing here: GET / and GET /openapi.json say what is where");
        refuse(405, ErrorCode.METHOD_NOT_ALLOWED,
                "not with this method: GET /openapi.json says which");
        router.errorHandler(500, context -> Answer.failure(context, Objects.requireNonNullElseGet(
                context.failure(), () -> new IllegalStateException("failed without saying why"))));
    }

    private void refuse(int status, ErrorCode code, String message) {
        router.errorHandler(status,
                context -> Answer.failure(context, new RefusedException(code, message)));
    }
}
