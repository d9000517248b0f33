/** The ports of the runtime on Vert.x: its contexts are the loops, its worker pools the workers. */
@NullMarked
package io.cordwood.server.vertx;

import org.jspecify.annotations.NullMarked;
