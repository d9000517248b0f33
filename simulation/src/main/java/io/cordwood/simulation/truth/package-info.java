/**
 * What is true, found out beside the code under test: from the bucket, and from what callers were
 * told.
 */
@NullMarked
package io.cordwood.simulation.truth;

import org.jspecify.annotations.NullMarked;
