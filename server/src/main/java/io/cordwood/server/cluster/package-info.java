/**
 * What nodes say to each other over gRPC, on an address of its own: it is not for clients, and a
 * network can keep it from them. There are lines to the committer, and reads of what another node
 * of the zone remembers.
 */
@NullMarked
package io.cordwood.server.cluster;

import org.jspecify.annotations.NullMarked;
