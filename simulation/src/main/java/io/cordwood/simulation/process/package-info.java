/** Processes that start, stall, crash and leave a disk behind, with the real node inside. */
@NullMarked
package io.cordwood.simulation.process;

import org.jspecify.annotations.NullMarked;
