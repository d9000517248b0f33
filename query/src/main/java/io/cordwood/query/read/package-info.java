/** Carries out plans: bytes from the store become whole batches with their offsets. */
@NullMarked
package io.cordwood.query.read;

import org.jspecify.annotations.NullMarked;
