/** Tests of one request and its answer. */
@NullMarked
package io.cordwood.server.http.exchange;

import org.jspecify.annotations.NullMarked;
