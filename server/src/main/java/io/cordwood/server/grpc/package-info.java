/**
 * The gRPC edge: {@code cordwood.v1.Log}, health and reflection.
 *
 * <p>Decodes, calls the {@link io.cordwood.server.log.RecordLog}, encodes. What always holds: a
 * call is answered once; what is begun of a stream is answered in the order in which it came; a
 * reader that is slow makes the server stop reading for it; what a call holds in memory is bounded.
 * It knows nothing of HTTP routes, of batches, or of how the log stores.
 */
@NullMarked
package io.cordwood.server.grpc;

import org.jspecify.annotations.NullMarked;
