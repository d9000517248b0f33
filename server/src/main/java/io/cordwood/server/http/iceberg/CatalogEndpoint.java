package io.cordwood.server.http.iceberg;

import io.cordwood.iceberg.LoadedTable;
import io.cordwood.iceberg.TableCatalog;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.RejectedException;
import io.cordwood.server.http.exchange.Answer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REST catalog: all of it that only reads, under one namespace. What would change something is
 * forbidden. There is always one snapshot, so that a client gets the same whichever it asks for.
 *
 * @see <a href="https://iceberg.apache.org/rest-catalog-spec/">Iceberg: REST catalog</a>
 */
public final class CatalogEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogEndpoint.class);

    private static final String JSON = "application/json";
    private static final String ROOT = "/iceberg/v1";
    private static final String TABLES = ROOT + "/namespaces/:namespace/tables";
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<String> SNAPSHOTS = Set.of("all", "refs");

    private final TableCatalog catalog;
    private final Buffer config;

    /**
     * An endpoint for the tables of a catalog.
     *
     * @param defaults how clients reach the bucket, by names that Iceberg has for it
     */
    public CatalogEndpoint(TableCatalog catalog, Map<String, String> defaults) {
        this.catalog = catalog;
        this.config = CatalogJson.config(defaults).toBuffer();
    }

    /** Answers everything below {@code /iceberg/}. */
    public void mount(Router router) {
        router.get(ROOT + "/config")
                .handler(handler(context -> Answer.send(context, 200, JSON, config.copy())));
        router.get(ROOT + "/namespaces").handler(handler(CatalogEndpoint::namespaces));
        router.get(ROOT + "/namespaces/:namespace").handler(inNamespace(
                context -> json(context, CatalogJson.namespace())));
        router.head(ROOT + "/namespaces/:namespace").handler(inNamespace(Answer::done));
        router.get(TABLES).handler(inNamespace(
                context -> json(context, CatalogJson.tables(catalog.names()))));
        router.get(TABLES + "/:table").handler(inNamespace(this::load));
        router.head(TABLES + "/:table").handler(inNamespace(this::exists));
        router.route("/iceberg/*").handler(handler(CatalogEndpoint::refuse));
    }

    private static Future<Void> namespaces(RoutingContext context) {
        List<String> parents = context.queryParam("parent");
        if (parents.isEmpty() || parents.equals(List.of(""))) {
            return json(context, CatalogJson.namespaces(List.of(CatalogJson.NAMESPACE)));
        }
        return parents.equals(List.of(CatalogJson.NAMESPACE))
                ? json(context, CatalogJson.namespaces(List.of()))
                : answer(context, CatalogError.noSuchNamespace(parents.getFirst()));
    }

    private Future<Void> load(RoutingContext context) {
        if (!SNAPSHOTS.containsAll(context.queryParam("snapshots"))) {
            return answer(context, CatalogError.malformed("?snapshots= is one of " + SNAPSHOTS));
        }
        String name = piece(context, "table");
        return topic(name).map(catalog::load)
                .orElse(Future.succeededFuture(Optional.<LoadedTable>empty()))
                .compose(found -> found
                        .map(table -> Answer.send(context, 200, JSON, CatalogJson.table(table)))
                        .orElseGet(() -> answer(context, CatalogError.noSuchTable(name))));
    }

    private Future<Void> exists(RoutingContext context) {
        String name = piece(context, "table");
        return topic(name).filter(catalog::contains).isPresent()
                ? Answer.done(context)
                : answer(context, CatalogError.noSuchTable(name));
    }

    private static Future<Void> refuse(RoutingContext context) {
        return answer(context, READS.contains(context.request().method())
                ? CatalogError.noSuchPath()
                : CatalogError.readOnly());
    }

    /** No topic has a name that is none. */
    private static Optional<TopicName> topic(String name) {
        try {
            return Optional.of(new TopicName(name));
        } catch (RejectedException illegal) {
            return Optional.empty();
        }
    }

    private static Handler<RoutingContext> inNamespace(Reading reading) {
        return handler(context -> {
            String name = piece(context, "namespace");
            return name.equals(CatalogJson.NAMESPACE)
                    ? reading.answer(context)
                    : answer(context, CatalogError.noSuchNamespace(name));
        });
    }

    private static Handler<RoutingContext> handler(Reading reading) {
        return context -> Future.succeededFuture().compose(begun -> reading.answer(context))
                .onFailure(failure -> {
                    LOG.warn("{} failed", context.request().path(), failure);
                    answer(context, CatalogError.of(failure));
                });
    }

    private static String piece(RoutingContext context, String name) {
        return Objects.requireNonNull(context.pathParam(name), "the route has this piece");
    }

    private static Future<Void> json(RoutingContext context, JsonObject body) {
        return Answer.send(context, 200, JSON, body.toBuffer());
    }

    private static Future<Void> answer(RoutingContext context, CatalogError error) {
        return Answer.early(context, error.status(), JSON, error.json().toBuffer());
    }

    /** Answers a request. */
    @FunctionalInterface
    private interface Reading {

        Future<Void> answer(RoutingContext context);
    }
}
