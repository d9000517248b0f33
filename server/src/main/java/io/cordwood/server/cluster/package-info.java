/**
 * The lines between nodes over gRPC, on an address of their own: it is not for clients, and a
 * network can keep it from them.
 */
@NullMarked
package io.cordwood.server.cluster;

import org.jspecify.annotations.NullMarked;
