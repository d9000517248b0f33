/**
 * One request and its answer: bodies brought into memory within bounds, parameters read, media
 * types agreed on, failures turned into status and error code.
 *
 * <p>Every failure leaves through {@link io.cordwood.server.http.exchange.Answer#failure}, and what
 * it looks like there is written in one table, {@link io.cordwood.server.http.exchange.ErrorCode}.
 * Nothing is read into memory before there is room for it, and the room is given back exactly once.
 *
 * <p>This package does not know what the requests are about.
 */
@NullMarked
package io.cordwood.server.http.exchange;

import org.jspecify.annotations.NullMarked;
