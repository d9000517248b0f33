/**
 * The JSON of the v2 dialect that Kafka's REST tools share: records in and out, topics, offsets.
 *
 * <p>Bodies are read by a streaming parser, each record once, straight from the body's bytes;
 * embedded JSON is kept byte for byte. What was accepted here can be read back here. The dialect's
 * forms are written down for clients in {@code openapi.json}.
 *
 * <p>This package knows values only: no requests, no sockets, no log.
 */
@NullMarked
package io.cordwood.server.http.v2;

import org.jspecify.annotations.NullMarked;
