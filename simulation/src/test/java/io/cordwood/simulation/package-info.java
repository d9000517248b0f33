/** Seeds for the suite, and bugs planted to prove that seeds find them. */
@NullMarked
package io.cordwood.simulation;

import org.jspecify.annotations.NullMarked;
