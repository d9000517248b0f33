/**
 * The port to the bucket, and the values it speaks in.
 *
 * <p>Objects are written whole and, but for {@code manifest/boundary}, written once. Adapters live
 * in sub-packages and are chosen by the wiring; what caches, counts, delays or breaks is a
 * decorator of the same port. This package knows nothing of what the objects hold.
 */
@NullMarked
package io.cordwood.store.object;

import org.jspecify.annotations.NullMarked;
