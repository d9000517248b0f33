/** Lines between nodes over real sockets of this machine. */
@NullMarked
package io.cordwood.server.cluster;

import org.jspecify.annotations.NullMarked;
