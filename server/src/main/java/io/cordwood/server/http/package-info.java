/**
 * The HTTP edge: the v2 dialect of Kafka's REST tools, the administration of topics, the live tail,
 * and what a service says about itself.
 *
 * <p>Decode, call the log, encode: each endpoint is a small class for one concern, and no endpoint
 * decides anything about records. Everything is bounded: bodies by room that the log grants before
 * they are read, pages and tails by admission, all of them in time. A bad request gets a precise
 * error, stores nothing and disturbs nobody. Nothing waits on an event loop; JSON above a size is
 * read and written on a worker.
 *
 * <p>Endpoints keep no state between requests and may be called on any event loop. This package
 * knows the log only by its port, and neither gRPC, with which it shares a server, nor the
 * settings' sources.
 */
@NullMarked
package io.cordwood.server.http;

import org.jspecify.annotations.NullMarked;
