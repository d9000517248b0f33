/** The real node on a manual clock, a seed and a failing store: only the outside world is fake. */
@NullMarked
package io.cordwood.simulation;

import org.jspecify.annotations.NullMarked;
