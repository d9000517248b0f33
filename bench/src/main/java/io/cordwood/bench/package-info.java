/**
 * Measurements, each a program that prints one line of JSON. Figures are compared within a run,
 * because machines are noisy: what counts is a ratio.
 */
@NullMarked
package io.cordwood.bench;

import org.jspecify.annotations.NullMarked;
