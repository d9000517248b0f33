/**
 * What every part stands on: the loop it is confined to, workers for what blocks, byte budgets,
 * always-on checks, and the few kinds of failure.
 *
 * <p>Time, timers, chance and threads reach the rest of Cordwood only through this package, so that
 * a whole cluster can run in one thread on a manual clock and a seed. It knows nothing of logs.
 */
@NullMarked
package io.cordwood.runtime;

import org.jspecify.annotations.NullMarked;
