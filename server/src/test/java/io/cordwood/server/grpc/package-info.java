/** The gRPC edge, end to end over a real HTTP server, before a log that does as the test says. */
@NullMarked
package io.cordwood.server.grpc;

import org.jspecify.annotations.NullMarked;
