/** The outside world of every process: time, the bucket, and the weather between them. */
@NullMarked
package io.cordwood.simulation.world;

import org.jspecify.annotations.NullMarked;
