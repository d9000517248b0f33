/**
 * An object store in the memory of one process, for the simulation and for tests.
 *
 * <p>It is a true implementation of the port: what it holds is a copy, and so is what it hands out.
 * It deliberately knows nothing of time-outs, delays and failures; decorators add those.
 */
@NullMarked
package io.cordwood.store.object.memory;

import org.jspecify.annotations.NullMarked;
