/** The HTTP edge as its clients see it: a real server on loopback, over a log in memory. */
@NullMarked
package io.cordwood.server.http;

import org.jspecify.annotations.NullMarked;
