/** How time, threads and order of Vert.x look from a loop. */
@NullMarked
package io.cordwood.server.vertx;

import org.jspecify.annotations.NullMarked;
