/**
 * Measurements: one scenario a class, all of them started by {@link io.cordwood.bench.Bench}. Each
 * prints lines of JSON. Figures are compared within a run, because machines are noisy: what counts
 * is a ratio. Processor time of a server in a process of its own includes its compiler and its
 * garbage collector.
 */
@NullMarked
package io.cordwood.bench;

import org.jspecify.annotations.NullMarked;
